// SPDX-License-Identifier: Apache-2.0
public import OCI

/// Checks size and digest of a stream while it passes; the one gate before untrusted bytes get a name.
///
/// An endless stream is stopped at the first chunk that goes past the promised size, whatever its sender claims.
public struct Verifier: Sendable {
    public let digest: Digest
    /// The promised size in bytes; nil when only the digest is known, and then `cap` bounds the stream.
    public let size: Int64?
    private let cap: Int64
    private var hasher: SHA256Hasher

    /// Throws `sizeNotAllowed` when the promise itself is negative or above `cap`. `midstate` takes up an earlier pass.
    public init(
        digest: Digest, size: Int64?, cap: Int64 = .max, resuming midstate: SHA256Midstate? = nil
    ) throws(VerificationError) {
        if let size, size < 0 || size > cap { throw .sizeNotAllowed(size, cap: cap) }
        self.digest = digest
        self.size = size
        self.cap = cap
        hasher = midstate.map { SHA256Hasher(resuming: $0) } ?? SHA256Hasher()
    }

    /// How many bytes passed so far.
    public var byteCount: Int64 { Int64(hasher.byteCount) }

    /// Where the hash stands, to be saved with a partial download.
    public var midstate: SHA256Midstate { hasher.midstate }

    /// Takes the next bytes; throws `tooLong` without hashing them when they go past the end.
    public mutating func update(_ chunk: UnsafeRawBufferPointer) throws(VerificationError) {
        let limit = size ?? cap
        guard Int64(chunk.count) <= limit - byteCount else { throw .tooLong(wanted: limit, digest: digest) }
        hasher.update(chunk)
    }

    /// Call at the end of the stream.
    public func finish() throws(VerificationError) {
        if let size, byteCount != size { throw .tooShort(wanted: size, got: byteCount, digest: digest) }
        let got = hasher.finalize()
        guard got == digest else { throw .digestMismatch(wanted: digest, got: got) }
    }
}
