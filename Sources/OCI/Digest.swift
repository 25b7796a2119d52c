// SPDX-License-Identifier: Apache-2.0

/// A SHA-256 digest, the name of every blob, config and layer in the store (OCI image spec, descriptor.md, "Digests").
///
/// The 32 bytes are held inline; hex exists only at the edge, so that no untrusted text can become a path or a URL.
public struct Digest: Hashable, Sendable {
    /// The number of bytes of a SHA-256 digest.
    public static let byteCount = 32

    private let words: (UInt64, UInt64, UInt64, UInt64)

    /// Reads `sha256:` and 64 lower-case hex characters, and nothing else.
    public init(parsing text: String) throws(DigestError) {
        let digest = try ReferenceDigest(parsing: text)
        guard let sha256 = digest.sha256 else { throw .unsupportedAlgorithm }
        self = sha256
    }

    /// Reads 64 lower-case hex characters.
    public init(hex: some StringProtocol) throws(DigestError) {
        let characters = Array(hex.utf8)
        guard characters.count == 2 * Self.byteCount else { throw .invalidLength }
        guard let bytes = Hex.decodeLowercase(characters), let digest = Digest(bytes: bytes) else {
            throw .invalidFormat
        }
        self = digest
    }

    /// Takes the digest as four big-endian words, as a hash function's output is read.
    public init(words: (UInt64, UInt64, UInt64, UInt64)) {
        self.words = words
    }

    /// Takes exactly 32 bytes, in the order in which the hash function gives them.
    public init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.byteCount else { return nil }
        func word(_ index: Int) -> UInt64 {
            UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
        }
        words = (word(0), word(1), word(2), word(3))
    }

    /// Takes exactly 32 bytes, in the order in which the hash function gives them.
    public init?(bytes: [UInt8]) {
        guard let digest = bytes.withUnsafeBytes({ Digest(bytes: $0) }) else { return nil }
        self = digest
    }

    public static func == (left: Digest, right: Digest) -> Bool {
        left.words == right.words
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
    }

    /// The 32 bytes.
    public var bytes: [UInt8] {
        withBytes { Array($0) }
    }

    /// Calls `body` with the 32 bytes, without copying them to the heap.
    public func withBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let bigEndian = (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
        return try withUnsafePointer(to: bigEndian) { pointer throws(Failure) in
            try body(UnsafeRawBufferPointer(start: pointer, count: Self.byteCount))
        }
    }

    /// The 64 lower-case hex characters.
    public var hex: String {
        withBytes { Hex.encode($0) }
    }

    /// The first 12 hex characters, as docker shows IDs.
    public var short: String {
        withBytes { Hex.encode(UnsafeRawBufferPointer(rebasing: $0.prefix(6))) }
    }
}

extension Digest: Comparable {
    public static func < (left: Digest, right: Digest) -> Bool {
        left.words < right.words
    }
}

extension Digest: CustomStringConvertible {
    /// `sha256:` and the hex characters.
    public var description: String {
        "sha256:" + hex
    }
}

extension Digest: Codable {
    public init(from decoder: any Decoder) throws {
        try self.init(parsing: String(from: decoder))
    }

    public func encode(to encoder: any Encoder) throws {
        try description.encode(to: encoder)
    }
}
