// SPDX-License-Identifier: Apache-2.0

/// How much of an archive is believed before it is refused.
public struct TarLimits: Sendable {
    /// The most entries one archive may have; in a layer also the most files and directories, implied ones included.
    public var maxEntries = 4_000_000
    /// The largest pax record block or GNU long name, in bytes; Go's archive/tar has the same cap.
    public var maxExtendedHeader = 1 << 20
    /// The most stretches of data one sparse file may have.
    public var maxSparseExtents = 262_144
    /// The most bytes of file content one layer may unpack to.
    public var maxTotalBytes = Int64.max
    /// The largest size a sparse file may claim, in bytes: it takes next to none in the archive, and sums of sizes have
    /// to stay numbers.
    public var maxSparseSize: Int64 = 1 << 50
    /// The longest path, in bytes; Linux takes no longer one in a system call.
    public var maxPathLength = 4096
    /// The most components of a path. Each may be a directory that the archive has no entry for.
    public var maxPathDepth = 512
    /// The most extended attributes of one entry.
    public var maxXattrs = 1024
    /// The largest value of one extended attribute, in bytes; the kernel's XATTR_SIZE_MAX.
    public var maxXattrSize = 65_536

    public init() {}
}
