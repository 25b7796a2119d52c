// SPDX-License-Identifier: Apache-2.0

/// `linux.resources` of the OCI runtime specification; also what `runc update --resources` reads.
struct RuntimeResources: Codable, Equatable {
    struct DeviceRule: Codable, Equatable {
        var allow: Bool
        var type: String?
        var major: Int64?
        var minor: Int64?
        var access: String
    }

    struct Memory: Codable, Equatable {
        var limit: Int64?
        var reservation: Int64?
        var swap: Int64?
        var swappiness: UInt64?
        var disableOOMKiller: Bool?
    }

    struct CPU: Codable, Equatable {
        var shares: UInt64?
        var quota: Int64?
        var period: UInt64?
        var cpus: String?
        var mems: String?
    }

    struct Pids: Codable, Equatable {
        var limit: Int64
    }

    struct BlockIO: Codable, Equatable {
        var weight: UInt16?
    }

    var devices: [DeviceRule]?
    var memory: Memory?
    var cpu: CPU?
    var pids: Pids?
    var blockIO: BlockIO?

    /// The limits of `resources`; device rules are the caller's.
    init(_ resources: ContainerResources) {
        if resources.memory != nil || resources.memoryReservation != nil || resources.memorySwap != nil
            || resources.memorySwappiness != nil || resources.oomKillDisabled
        {
            memory = Memory(
                limit: resources.memory, reservation: resources.memoryReservation, swap: Self.swap(resources),
                swappiness: resources.memorySwappiness, disableOOMKiller: resources.oomKillDisabled ? true : nil
            )
        }
        cpu = Self.cpu(resources)
        if let limit = resources.pidsLimit {
            pids = Pids(limit: limit > 0 ? limit : -1)
        }
        if let weight = resources.blkioWeight, weight != 0 {
            blockIO = BlockIO(weight: weight)
        }
    }

    private static func cpu(_ resources: ContainerResources) -> CPU? {
        var cpu = CPU(
            shares: resources.cpuShares, quota: resources.cpuQuota, period: resources.cpuPeriod,
            cpus: resources.cpusetCPUs, mems: resources.cpusetMemoryNodes
        )
        if let nanoCPUs = resources.nanoCPUs, nanoCPUs > 0 {
            // 100 ms periods, docker's choice for --cpus.
            cpu.period = 100_000
            cpu.quota = nanoCPUs / 10_000
        }
        return cpu == CPU() ? nil : cpu
    }

    /// Docker lets a container with a memory limit use as much again of swap; the kernel here may have no swap
    /// accounting, so the limit is only written when the user asked for one.
    private static func swap(_ resources: ContainerResources) -> Int64? {
        guard let swap = resources.memorySwap, swap != 0 else { return nil }
        return swap
    }
}
