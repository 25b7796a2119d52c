// SPDX-License-Identifier: Apache-2.0

/// A container's use of resources at one moment.
public struct ContainerStats: Sendable, Equatable {
    /// Nanoseconds of processor time used so far.
    public var cpuNanoseconds: UInt64 = 0
    /// Nanoseconds since boot when it was read: two readings give a percentage.
    public var readAtNanoseconds: UInt64 = 0
    public var processors = 1
    /// Bytes without the page cache that could be dropped.
    public var memory: UInt64 = 0
    /// Bytes; the machine's memory when there is no limit.
    public var memoryLimit: UInt64 = 0
    public var processes: UInt64 = 0
    /// Bytes through all interfaces but the loopback.
    public var networkReceived: UInt64 = 0
    public var networkSent: UInt64 = 0
    public var blockRead: UInt64 = 0
    public var blockWritten: UInt64 = 0
}
