// SPDX-License-Identifier: Apache-2.0

public import OCI

/// What inflating a layer blob once has told; kept with the blob, so that it is never inflated for this again.
public struct LayerFacts: Hashable, Sendable {
    /// Digest of the tar.
    public let diffID: Digest
    /// Bytes of the tar.
    public let uncompressedSize: Int64
    /// The layer's size as docker's overlay2 driver counts it: regular files and symlinks, a hard link once.
    public let size: Int64

    public init(diffID: Digest, uncompressedSize: Int64, size: Int64) {
        self.diffID = diffID
        self.uncompressedSize = uncompressedSize
        self.size = size
    }
}
