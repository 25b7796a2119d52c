// SPDX-License-Identifier: Apache-2.0

public import DockerFormat
public import OCI

/// A row of the catalog: all that a listing shows of an image.
public struct ImageSummary: Hashable, Sendable {
    /// Digest of the config.
    public let id: Digest
    public let manifestDigest: Digest
    /// RFC 3339 as in the config; nil when there is none.
    public let created: String?
    /// The same, for sorting; 0 when there is none.
    public let createdAt: Timestamp
    /// Sum of the layers' sizes as docker counts them, in bytes.
    public let size: Int64
    public let os: String
    public let architecture: String
    public let variant: String?
    /// The local image this one was made from.
    public let parent: Digest?
    public let origin: ImageOrigin
    /// Never pruned.
    public let isPinned: Bool
    /// A local image names this one as its parent.
    public internal(set) var hasChildren: Bool
    /// Sorted by canonical text, so tags come before digests of the same repository.
    public internal(set) var references: [ImageReference]
    /// When asked for.
    public internal(set) var labels: [String: String]?
    /// Bytes of the layers that other images have too; when asked for.
    public internal(set) var sharedSize: Int64?
    /// Containers made from the image, in any state; when asked for.
    public internal(set) var containers: Int?

    /// Without tags and digests.
    public var isUnreferenced: Bool { references.isEmpty }
}
