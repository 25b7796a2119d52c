// SPDX-License-Identifier: Apache-2.0

public import OCI

/// What `ImageStore.rebuild` brought back.
public struct RebuildReport: Sendable {
    /// An image that could not be brought back; what is here of its blobs stays.
    public struct Loss: Sendable {
        public let image: LostImage
        /// Without this blob it can't be; nil when that is not the reason.
        public let missing: Descriptor?
        public let reason: String
    }

    public internal(set) var images = 0
    public internal(set) var references = 0
    public internal(set) var losses: [Loss] = []
    /// Where the old catalog is now; nil when there was none.
    public internal(set) var oldCatalog: String?
}
