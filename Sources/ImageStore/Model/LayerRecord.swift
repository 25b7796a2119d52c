// SPDX-License-Identifier: Apache-2.0

public import OCI

/// A layer of an image.
public struct LayerRecord: Hashable, Sendable {
    /// Identity of the layer with all below it.
    public let chainID: Digest
    public let diffID: Digest
    /// As docker counts it, in bytes.
    public let size: Int64
    /// The stored blob, compressed as it was received.
    public let blob: Digest
    /// Bytes of the blob.
    public let compressedSize: Int64
    public let mediaType: MediaType
}
