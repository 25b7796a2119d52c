// SPDX-License-Identifier: Apache-2.0

/// A SHA-256 computation stopped between two bytes, in a form that can be kept in a file.
///
/// A download that was killed goes on from here without reading again what it has already hashed.
public struct SHA256Midstate: Hashable, Sendable {
    /// The eight chaining words of FIPS 180-4 §6.2.
    let words: [UInt32]
    /// How many bytes were hashed so far.
    public let byteCount: UInt64
    /// The bytes of the last, unfinished 64-byte block.
    let tail: [UInt8]

    private static let version: UInt8 = 1
    private static let fixedSize = 1 + 8 * 4 + 8

    init(words: [UInt32], byteCount: UInt64, tail: [UInt8]) {
        self.words = words
        self.byteCount = byteCount
        self.tail = tail
    }

    /// Reads what `serialized` wrote; nil when the bytes are anything else, for the caller to start over.
    public init?(serialized bytes: [UInt8]) {
        guard bytes.count >= Self.fixedSize, bytes[0] == Self.version else { return nil }
        let words = (0..<8).map { word in
            (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(bytes[1 + word * 4 + $1]) }
        }
        let byteCount = bytes[33..<41].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard bytes.count == Self.fixedSize + Int(byteCount % 64), byteCount < 1 << 61 else { return nil }
        self.init(words: words, byteCount: byteCount, tail: Array(bytes[Self.fixedSize...]))
    }

    /// Version byte 1, the chaining words, the byte count, the unfinished block; big-endian.
    public var serialized: [UInt8] {
        var bytes = [Self.version]
        for word in words {
            withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
        }
        withUnsafeBytes(of: byteCount.bigEndian) { bytes.append(contentsOf: $0) }
        return bytes + tail
    }
}
