// SPDX-License-Identifier: Apache-2.0

/// What a deletion freed.
public struct SweepReport: Hashable, Sendable {
    /// Blobs deleted.
    public var blobs = 0
    /// Unpacked layers deleted.
    public var trees = 0
    /// Abandoned downloads deleted.
    public var partials = 0
    /// Bytes of the files deleted, as `ls -l` counts them.
    public var bytes: Int64 = 0

    public init() {}

    static func += (left: inout SweepReport, right: SweepReport) {
        left.blobs += right.blobs
        left.trees += right.trees
        left.partials += right.partials
        left.bytes += right.bytes
    }
}
