// SPDX-License-Identifier: Apache-2.0

/// Two ways to count what a removal gives back.
public struct FreedSpace: Hashable, Sendable {
    /// Sum of the deleted layers' sizes as docker counts them (its `SpaceReclaimed`).
    public var layerBytes: Int64 = 0
    /// Bytes of the files that went: blobs and unpacked layers that nothing else uses. Inside `ImageStore.batch` files
    /// go at its end, and `ImageStore.lastSweep` has the sum.
    public var diskBytes: Int64 = 0
}
