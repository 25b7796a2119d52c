// SPDX-License-Identifier: Apache-2.0

/// What came of unpacking a layer.
public struct UnpackSummary: Equatable, Sendable {
    /// Entries of the archive, extended headers not counted.
    public internal(set) var entries = 0
    /// Bytes of file content written.
    public internal(set) var bytes: Int64 = 0
    /// Devices left out, because the policy says so.
    public internal(set) var skippedDevices = 0
    /// Extended attributes left out: those of overlayfs itself, and those the file system or the kernel refused.
    public internal(set) var skippedXattrs = 0
    /// Character devices 0:0, which only overlayfs may make, left out.
    public internal(set) var forgedWhiteouts = 0
}
