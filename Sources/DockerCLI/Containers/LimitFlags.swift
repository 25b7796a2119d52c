// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat

/// The limits that can also be changed later, by `update`.
struct LimitFlags: Sendable {
    private let memory: Flag<Int64>
    private let reservation: Flag<Int64>
    private let swap: Flag<Int64>
    private let cpus: Flag<Int64>
    private let shares: Flag<Int>
    private let period: Flag<Int>
    private let quota: Flag<Int>
    private let cpuset: Flag<String>
    private let memoryNodes: Flag<String>
    private let pids: Flag<Int>
    private let blkioWeight: Flag<UInt16>

    /// - Parameter swapUsage: docker words it differently for each verb.
    init(_ flags: inout FlagSet, swapUsage: String) {
        memory = flags.bytes("memory", short: "m", "Memory limit")
        reservation = flags.bytes("memory-reservation", "Memory soft limit")
        swap = flags.custom(
            "memory-swap", type: "bytes", default: 0, "Swap limit equal to memory plus swap: " + swapUsage
        ) { text, value in value = text == "-1" ? -1 : try HumanSize.parseBinary(text) }
        cpus = flags.custom("cpus", type: "decimal", default: 0, "Number of CPUs") { text, value in
            value = try Self.nanoCPUs(text)
        }
        shares = flags.int("cpu-shares", short: "c", "CPU shares (relative weight)")
        period = flags.int("cpu-period", "Limit CPU CFS (Completely Fair Scheduler) period")
        quota = flags.int("cpu-quota", "Limit CPU CFS (Completely Fair Scheduler) quota")
        cpuset = flags.string("cpuset-cpus", "CPUs in which to allow execution (0-3, 0,1)")
        memoryNodes = flags.string("cpuset-mems", "MEMs in which to allow execution (0-3, 0,1)")
        pids = flags.int("pids-limit", "Tune container pids limit (set -1 for unlimited)")
        blkioWeight = flags.unsigned(
            "blkio-weight", "Block IO (relative weight), between 10 and 1000, or 0 to disable (default 0)")
    }

    func resources(_ parsed: ParsedArguments) throws -> ContainerResources {
        func given<Value: AdditiveArithmetic>(_ flag: Flag<Value>) -> Value? {
            parsed[flag] == .zero ? nil : parsed[flag]
        }
        guard parsed[shares] >= 0 else {
            throw ContainerError.invalid("invalid CPU shares (\(parsed[shares])): value must be a positive integer")
        }
        var resources = ContainerResources()
        resources.memory = given(memory)
        resources.memoryReservation = given(reservation)
        resources.memorySwap = given(swap)
        resources.nanoCPUs = given(cpus)
        resources.cpuShares = given(shares).map { UInt64($0) }
        resources.cpuPeriod = given(period).map { UInt64(max(0, $0)) }
        resources.cpuQuota = given(quota).map(Int64.init)
        resources.cpusetCPUs = parsed.text(cpuset)
        resources.cpusetMemoryNodes = parsed.text(memoryNodes)
        resources.pidsLimit = given(pids).map(Int64.init)
        resources.blkioWeight = given(blkioWeight)
        return resources
    }

    /// A decimal number of processors in billionths, without floating point.
    static func nanoCPUs(_ text: String) throws -> Int64 {
        if text.hasPrefix("-"), text.count > 1, !text.hasPrefix("--") {
            return -(try nanoCPUs(String(text.dropFirst())))
        }
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let fraction = parts.count == 2 ? parts[1] : ""
        guard fraction.utf8.count <= 9 else { throw FlagError("value is too precise") }
        let padded = fraction + String(repeating: "0", count: 9 - fraction.utf8.count)
        let digits = (parts[0].isEmpty ? "0" : parts[0]) + padded
        guard !text.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }), let value = Int64(digits) else {
            throw FlagError("failed to parse \(text) as a rational number")
        }
        return value
    }
}
