// SPDX-License-Identifier: Apache-2.0

public import DockerFormat
public import OCI

/// Which images a prune removes. An image goes when all of the conditions that are set let it go; pinned images and
/// images that containers use stay in any case.
public struct PrunePolicy: Sendable {
    /// Images without a tag and without children only, as `image prune` without `-a`.
    public var onlyDangling = true
    /// Created at this time or before; an image without a date stays (docker's `until`).
    public var createdBefore: Timestamp?
    /// `key` or `key=value`: all must be there.
    public var labels: [String] = []
    /// `key` or `key=value`: an image that has all of them stays.
    public var excludedLabels: [String] = []
    /// The newest so many tags of each repository stay.
    public var keepPerRepository: Int?
    /// Least recently used images go until blobs and unpacked layers have at most so many bytes.
    public var maximumSize: Int64?
    /// Not used since this time (seconds since 1970), by a pull, a load, a new name, a container that was made from it or
    /// started, a commit on it, a save or a push.
    public var unusedSince: Int64?
    /// Only references that one of the patterns matches.
    public var references: [GlobPattern] = []
    /// References that one of the patterns matches stay.
    public var exceptions: [GlobPattern] = []

    public init() {}
}
