// SPDX-License-Identifier: Apache-2.0

public import OCI

/// A blob that images need and that is not as it should be.
public struct BlobDefect: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case missing
        case wrongSize(Int64)
        /// The bytes have this digest.
        case damaged(Digest)
    }

    /// Size and media type, and where it can be fetched from.
    public let blob: BlobRecord
    public let kind: Kind
    /// The images that need it.
    public let images: [Digest]
}
