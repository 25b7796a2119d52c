// SPDX-License-Identifier: Apache-2.0

/// What a repair did, and what is left to do.
public struct RepairReport: Sendable {
    /// Fetch these again (`acquire` now hands out ownership of them); `BlobDefect.blob.sources` says where from.
    public var missing: [BlobDefect] = []
    public var swept = SweepReport()
    public var correctedCounts = 0
    public var rewroteIndex = false

    public init() {}
}
