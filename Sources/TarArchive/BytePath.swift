// SPDX-License-Identifier: Apache-2.0

/// A path of files, or one name in it, as Linux has them: bytes of any encoding but NUL.
///
/// Trees of images and containers are walked, copied and packed by these. A String would not do: it repairs what is not
/// UTF-8, and the repaired name is that of no file.
public struct BytePath: Hashable, Sendable {
    static let slash = UInt8(ascii: "/")

    public private(set) var bytes: [UInt8]

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// For messages: what is not UTF-8 is shown as U+FFFD.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public var isAbsolute: Bool { bytes.first == Self.slash }

    /// The names of the cleaned path: no `.`, no empty ones, and `..` never leaves the root.
    public var components: [BytePath] {
        TarPath.components(bytes).map { BytePath(Array($0)) }
    }

    /// The names as they stand, `..` among them; what following a link needs.
    public var rawComponents: [BytePath] {
        bytes.split(separator: Self.slash).map { BytePath(Array($0)) }.filter { $0 != "." }
    }

    /// The last of the ``components``; nil for the root.
    public var name: BytePath? { components.last }

    /// The absolute path of cleaned `names`.
    public init(root names: some Sequence<BytePath>) {
        bytes = []
        for name in names { bytes += [Self.slash] + name.bytes }
        if bytes.isEmpty { bytes = [Self.slash] }
    }

    /// The cleaned absolute path of the directory this one lies in; the root's is the root.
    public var parent: BytePath { BytePath(root: components.dropLast()) }

    /// The path of `name` in this directory.
    public func appending(_ name: BytePath) -> BytePath {
        guard let last = bytes.last else { return name }
        return BytePath(last == Self.slash ? bytes + name.bytes : bytes + [Self.slash] + name.bytes)
    }

    /// What is left of the path below `ancestor`, empty for that itself; nil when it does not lie there.
    public func relative(to ancestor: BytePath) -> BytePath? {
        guard bytes.starts(with: ancestor.bytes) else { return nil }
        let rest = bytes[ancestor.bytes.count...]
        guard rest.isEmpty || rest.first == Self.slash || ancestor.bytes.last == Self.slash else { return nil }
        return BytePath(Array(rest.drop { $0 == Self.slash }))
    }

    /// Calls `body` with the path as the kernel takes it.
    public func withCString<Result>(_ body: (UnsafePointer<CChar>) throws -> Result) rethrows -> Result {
        try body(bytes.map { CChar(bitPattern: $0) } + [0])
    }
}

extension BytePath: Comparable {
    public static func < (left: BytePath, right: BytePath) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

extension BytePath: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) {
        self.init(text)
    }
}
