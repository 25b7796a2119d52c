// SPDX-License-Identifier: Apache-2.0

/// Counters of the cgroup a process is in, version 1 or 2.
struct CgroupReader {
    /// Path in the hierarchy by controller; the empty controller is the unified hierarchy.
    private let paths: [String: String]

    init(processID: Int32) {
        var paths: [String: String] = [:]
        for line in ((try? Files.readText("/proc/\(processID)/cgroup")) ?? "").split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 3 else { continue }
            for controller in fields[1].split(separator: ",", omittingEmptySubsequences: false) {
                paths[String(controller)] = fields[2]
            }
        }
        self.paths = paths
    }

    func read(into stats: inout ContainerStats) {
        if paths["memory"] != nil { readVersion1(into: &stats) } else { readVersion2(into: &stats) }
    }

    private func readVersion1(into stats: inout ContainerStats) {
        stats.cpuNanoseconds = number("cpuacct", "cpuacct.usage") ?? 0
        let cache = table("memory", "memory.stat")["total_inactive_file"] ?? 0
        let usage = number("memory", "memory.usage_in_bytes") ?? 0
        stats.memory = usage > cache ? usage - cache : usage
        stats.memoryLimit = number("memory", "memory.limit_in_bytes") ?? 0
        stats.processes = number("pids", "pids.current") ?? 0
        for line in text("blkio", "blkio.throttle.io_service_bytes").split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count == 3, let bytes = UInt64(fields[2]) else { continue }
            if fields[1] == "Read" { stats.blockRead += bytes }
            if fields[1] == "Write" { stats.blockWritten += bytes }
        }
    }

    private func readVersion2(into stats: inout ContainerStats) {
        stats.cpuNanoseconds = (table("", "cpu.stat")["usage_usec"] ?? 0) * 1000
        let cache = table("", "memory.stat")["inactive_file"] ?? 0
        let usage = number("", "memory.current") ?? 0
        stats.memory = usage > cache ? usage - cache : usage
        stats.memoryLimit = number("", "memory.max") ?? 0
        stats.processes = number("", "pids.current") ?? 0
        for field in text("", "io.stat").split(whereSeparator: \.isWhitespace) {
            if field.hasPrefix("rbytes=") { stats.blockRead += UInt64(field.dropFirst(7)) ?? 0 }
            if field.hasPrefix("wbytes=") { stats.blockWritten += UInt64(field.dropFirst(7)) ?? 0 }
        }
    }

    private func text(_ controller: String, _ file: String) -> String {
        guard let path = paths[controller] else { return "" }
        let mount = controller.isEmpty ? "/sys/fs/cgroup" : "/sys/fs/cgroup/\(controller)"
        return (try? Files.readText("\(mount)\(path)/\(file)")) ?? ""
    }

    private func number(_ controller: String, _ file: String) -> UInt64? {
        UInt64(text(controller, file).filter { !$0.isWhitespace })
    }

    private func table(_ controller: String, _ file: String) -> [Substring: UInt64] {
        var result: [Substring: UInt64] = [:]
        for line in text(controller, file).split(separator: "\n") {
            let fields = line.split(separator: " ")
            if fields.count == 2, let value = UInt64(fields[1]) { result[fields[0]] = value }
        }
        return result
    }
}
