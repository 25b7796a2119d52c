// SPDX-License-Identifier: Apache-2.0

/// A Go string: bytes that are usually, but not always, UTF-8.
///
/// `slice` and docker's `truncate` cut by bytes, so a template can hold half a character; Swift's `String` cannot.
public struct GoString: Hashable, Sendable, Comparable, ExpressibleByStringLiteral {
    public var bytes: [UInt8]

    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    public init(_ string: String) {
        self.bytes = Array(string.utf8)
    }

    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// The text, with U+FFFD in place of bytes that are not UTF-8.
    public var string: String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// Orders by bytes, as Go's `<` does.
    public static func < (left: GoString, right: GoString) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
