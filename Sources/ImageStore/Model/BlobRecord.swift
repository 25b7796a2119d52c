// SPDX-License-Identifier: Apache-2.0

public import OCI

/// What the catalog knows of a blob.
public struct BlobRecord: Hashable, Sendable {
    public let digest: Digest
    /// Bytes as stored.
    public let size: Int64
    public let mediaType: MediaType
    /// For layers that were inflated once.
    public let facts: LayerFacts?
    /// Sorted by host and repository.
    public var sources: [BlobSource]
    /// A check found other bytes than the digest promises; the next pull fetches it again.
    public let isDamaged: Bool

    public var descriptor: Descriptor { Descriptor(mediaType: mediaType, digest: digest, size: size) }
}
