// SPDX-License-Identifier: Apache-2.0
import Glibc

extension ContainerEngine {
    /// Reads the container's counters from its cgroup and its network namespace.
    public func stats(_ name: String) throws -> ContainerStats {
        let container = try inspect(name)
        guard container.state.isActive, let process = container.state.process else {
            throw ContainerError.conflict("container \(container.id.hex) is not running")
        }
        var stats = ContainerStats()
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        stats.readAtNanoseconds = UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
        stats.processors = host.processors
        // Without root the container is in the cgroup of whoever started it.
        if host.isRoot { CgroupReader(processID: process.pid).read(into: &stats) }
        let machine = UInt64(sysconf(Int32(_SC_PHYS_PAGES))) * UInt64(sysconf(Int32(_SC_PAGESIZE)))
        if stats.memoryLimit == 0 || stats.memoryLimit > machine { stats.memoryLimit = machine }
        readNetwork(process.pid, into: &stats)
        return stats
    }

    /// /proc/PID/net/dev: name, eight columns received, eight sent (proc(5)).
    private func readNetwork(_ pid: Int32, into stats: inout ContainerStats) {
        guard let text = try? Files.readText("/proc/\(pid)/net/dev") else { return }
        for line in text.split(separator: "\n").dropFirst(2) {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].filter({ $0 != " " }) != "lo" else { continue }
            let numbers = parts[1].split(separator: " ").compactMap { UInt64($0) }
            guard numbers.count >= 9 else { continue }
            stats.networkReceived += numbers[0]
            stats.networkSent += numbers[8]
        }
    }
}
