// SPDX-License-Identifier: Apache-2.0

public import OCI

/// What a check of the store found.
public struct CheckReport: Sendable {
    /// Blobs that images need and that are missing or wrong, by digest.
    public var blobs: [BlobDefect] = []
    /// Images of a lost catalog that are not restored.
    public var lost: [LostImage] = []
    /// Files in `blobs/` that no image needs: of interrupted pulls, or of pulls going on now.
    public var orphans: [Digest] = []
    public var orphanBytes: Int64 = 0
    /// What SQLite says of the file: damaged pages, rows that point nowhere.
    public var catalog: [String] = []
    /// Derived counts that differ from the rows they are derived from.
    public var wrongCounts = 0
    /// index.json is not what the catalog says, and the catalog takes it for current.
    public var isIndexStale = false
    /// index.json is older than the catalog, which knows: a process that changes the store is at it, or was killed
    /// before it; then the next change writes it.
    public var isIndexBehind = false
    public var checkedBlobs = 0
    /// Bytes read and hashed (deep check).
    public var hashedBytes: Int64 = 0

    public init() {}

    /// Orphans are no defect, nor is an index that the next change writes.
    public var isSound: Bool { blobs.isEmpty && lost.isEmpty && catalog.isEmpty && wrongCounts == 0 && !isIndexStale }
}
