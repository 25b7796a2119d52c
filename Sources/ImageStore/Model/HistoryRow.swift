// SPDX-License-Identifier: Apache-2.0

public import OCI

/// A line of `history`.
public struct HistoryRow: Hashable, Sendable {
    /// The image that ended with this step, while the local chain of parents lasts; nil is `<missing>`.
    public var imageID: Digest?
    /// RFC 3339 as in the config.
    public let created: String?
    public let createdBy: String
    public let author: String
    public let comment: String
    /// Of the layer this step made, as docker counts it; 0 for a step without.
    public var size: Int64
    public let isEmptyLayer: Bool
    /// Familiar, sorted; only next to an image ID.
    public var tags: [String]
}
