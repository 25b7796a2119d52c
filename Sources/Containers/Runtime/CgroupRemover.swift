// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Removes the cgroups of a container, which a runtime that was killed on its way leaves behind.
struct CgroupRemover {
    /// Path below the root of each hierarchy.
    let path: String

    /// Kills what is left in them. What can't be removed stays: the next removal of the container tries again.
    func remove() {
        for root in Self.hierarchies where Files.exists(root + path) {
            // A killed process leaves its cgroup when the kernel gets to it.
            for _ in 0..<100 {
                if Self.remove(root + path) { break }
                usleep(10_000)
            }
        }
    }

    /// The unified hierarchy, or those of version 1.
    private static var hierarchies: [String] {
        let top = "/sys/fs/cgroup"
        if Files.exists(top + "/cgroup.procs") { return [top] }
        return ((try? Files.names(in: top)) ?? []).map { "\(top)/\($0)" }
    }

    private static func remove(_ directory: String) -> Bool {
        for line in ((try? Files.readText(directory + "/cgroup.procs")) ?? "").split(separator: "\n") {
            if let process = Int32(line), process > 0 { kill(process, SIGKILL) }
        }
        for name in (try? Files.names(in: directory)) ?? [] where Files.isDirectory("\(directory)/\(name)") {
            _ = remove("\(directory)/\(name)")
        }
        return rmdir(directory) == 0 || errno == ENOENT
    }
}
