// SPDX-License-Identifier: Apache-2.0

/// What `ImageStore.rebuild` brought back.
public struct RebuildReport: Sendable {
    public struct Loss: Sendable {
        /// The reference, or the digest of an entry without one.
        public let name: String
        public let reason: String
    }

    public internal(set) var images = 0
    public internal(set) var references = 0
    /// Entries of index.json that could not be brought back; their blobs are still there.
    public internal(set) var losses: [Loss] = []
    /// Where the old catalog is now; nil when there was none.
    public internal(set) var oldCatalog: String?
}
