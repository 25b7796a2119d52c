// SPDX-License-Identifier: Apache-2.0

/// A document as it was received. The bytes are the truth: they have the digest, and are never encoded anew.
public struct RawDocument: Hashable, Sendable {
    public let bytes: [UInt8]
    /// What the peer or the descriptor said the document is.
    public let mediaType: MediaType
    /// The digest of `bytes`; whoever makes the value has hashed them.
    public let digest: Digest

    public init(bytes: [UInt8], mediaType: MediaType, digest: Digest) {
        self.bytes = bytes
        self.mediaType = mediaType
        self.digest = digest
    }

    /// A descriptor for the document.
    public var descriptor: Descriptor {
        Descriptor(mediaType: mediaType, digest: digest, size: Int64(bytes.count))
    }
}
