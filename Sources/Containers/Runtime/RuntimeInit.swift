// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The runtime's own process inside a container, which becomes the container's program at the end of a start.
///
/// The runtime's `start` returns just before that, so for a moment a signal meets the runtime: runc's init ends by
/// SIGTERM with code 2 where the program would have handled or ignored it.
enum RuntimeInit {
    /// Returns when `process` runs the container's program, or after ten seconds. No event tells of execve(2), so this
    /// looks again and again; it is a matter of microseconds.
    static func awaitProgram(of process: ProcessIdentity) {
        let deadline = Deadline(seconds: 10)
        while isRuntime(process.pid), deadline.remainingMilliseconds != 0 { usleep(200) }
    }

    /// Whether the process still is the runtime: runc names its init so, crun keeps its own name.
    static func isRuntime(_ pid: Int32) -> Bool {
        let name = (try? Files.readText("/proc/\(pid)/comm", limit: 64)) ?? ""
        return name.hasPrefix("runc:[") || name == "crun\n"
    }
}
