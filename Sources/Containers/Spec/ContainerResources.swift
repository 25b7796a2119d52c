// SPDX-License-Identifier: Apache-2.0

/// Limits that the container's cgroup enforces. `nil` leaves the kernel's default.
public struct ContainerResources: Sendable, Equatable, Codable {
    /// Bytes.
    public var memory: Int64?
    /// Bytes; a soft limit.
    public var memoryReservation: Int64?
    /// Bytes of memory plus swap; −1 is unlimited.
    public var memorySwap: Int64?
    /// 0…100.
    public var memorySwappiness: UInt64?
    public var oomKillDisabled = false
    public var cpuShares: UInt64?
    /// Microseconds.
    public var cpuPeriod: UInt64?
    /// Microseconds of each period.
    public var cpuQuota: Int64?
    /// `--cpus` in billionths of a processor.
    public var nanoCPUs: Int64?
    public var cpusetCPUs: String?
    public var cpusetMemoryNodes: String?
    /// −1 and 0 are unlimited.
    public var pidsLimit: Int64?
    public var blkioWeight: UInt16?

    public init() {}

    /// Docker's checks of the limits against each other, with its texts.
    public func validate(processors: Int) throws(ContainerError) {
        if let memory, memory != 0, memory < 6 << 20 {
            throw .invalid("Minimum memory limit allowed is 6MB")
        }
        try validateSwap()
        if let memoryReservation, memoryReservation > 0, memoryReservation < 6 << 20 {
            throw .invalid("Minimum memory reservation allowed is 6MB")
        }
        if let memoryReservation, let memory, memory > 0, memory < memoryReservation {
            throw .invalid("Minimum memory limit can not be less than memory reservation limit, see usage")
        }
        if let nanoCPUs, nanoCPUs != 0 {
            for (name, isSet) in [("Period", cpuPeriod != nil), ("Quota", cpuQuota != nil)] where isSet {
                throw .invalid("Conflicting options: Nano CPUs and CPU \(name) cannot both be set")
            }
            guard nanoCPUs > 0, nanoCPUs <= Int64(processors) * 1_000_000_000 else {
                throw .invalid(
                    "range of CPUs is from 0.01 to \(processors).00, as there are only \(processors) CPUs available"
                )
            }
        }
        if let cpuPeriod, !(1000...1_000_000).contains(cpuPeriod) {
            throw .invalid("CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)")
        }
        if let cpuQuota, 1..<1000 ~= cpuQuota {
            throw .invalid("CPU cfs quota can not be less than 1ms (i.e. 1000)")
        }
        if let cpusetCPUs {
            let last = try Self.last(in: cpusetCPUs, of: "cpus")
            guard last < processors else {
                let available = processors == 1 ? "0" : "0-\(processors - 1)"
                throw .invalid("Requested CPUs are not available - requested \(cpusetCPUs), available: \(available)")
            }
        }
        if let cpusetMemoryNodes { _ = try Self.last(in: cpusetMemoryNodes, of: "mems") }
        if let memorySwappiness, memorySwappiness > 100 {
            throw .invalid("Invalid value: \(memorySwappiness), valid memory swappiness range is 0-100")
        }
    }

    /// docker's limit of the numbers in a list, whatever the machine has.
    private static let listLimit = 8192

    /// The highest number in a list such as `0-2,7`.
    private static func last(in list: String, of what: String) throws(ContainerError) -> Int {
        var highest = 0
        for range in list.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = range.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { Int($0) }
            guard let first = ends.first ?? nil, let last = ends.last ?? nil, 0 <= first, first <= last else {
                throw .invalid("Invalid value \(list) for cpuset \(what): invalid format: \(range)")
            }
            guard last <= listLimit else {
                throw .invalid(
                    "Invalid value \(list) for cpuset \(what): value of out range, maximum is \(listLimit)")
            }
            highest = max(highest, last)
        }
        return highest
    }

    private func validateSwap() throws(ContainerError) {
        guard let memorySwap, memorySwap > 0 else { return }
        guard let memory, memory > 0 else {
            throw .invalid("You should always set the Memory limit when using Memoryswap limit, see usage")
        }
        if memorySwap < memory {
            throw .invalid("Minimum memoryswap limit should be larger than memory limit, see usage")
        }
    }

    /// These limits with those that `changes` sets, as `docker update` merges them.
    public func updated(with changes: ContainerResources) -> ContainerResources {
        var result = self
        result.memory = changes.memory ?? memory
        result.memoryReservation = changes.memoryReservation ?? memoryReservation
        result.memorySwap = changes.memorySwap ?? memorySwap
        result.cpuShares = changes.cpuShares ?? cpuShares
        result.cpuPeriod = changes.cpuPeriod ?? cpuPeriod
        result.cpuQuota = changes.cpuQuota ?? cpuQuota
        result.nanoCPUs = changes.nanoCPUs ?? nanoCPUs
        result.cpusetCPUs = changes.cpusetCPUs ?? cpusetCPUs
        result.cpusetMemoryNodes = changes.cpusetMemoryNodes ?? cpusetMemoryNodes
        result.pidsLimit = changes.pidsLimit ?? pidsLimit
        result.blkioWeight = changes.blkioWeight ?? blkioWeight
        return result
    }
}
