// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// Waits for the end of a container's process without polling: inotify tells of the exit file, pidfds of deaths.
struct ExitWatch {
    let directory: ContainerDirectory
    let container: Container

    /// - Returns: `nil` when the deadline has passed.
    func wait(until deadline: Deadline) -> ContainerEnding? {
        let watch = clinux_watch_directory(directory.exits)
        defer { if watch >= 0 { close(watch) } }
        var monitor = open(container.state.monitor)
        var process = open(container.state.process)
        defer {
            if monitor >= 0 { close(monitor) }
            if process >= 0 { close(process) }
        }
        while true {
            if let end = ContainerEnding(exitFileIn: directory, id: container.id) { return end }
            // Nobody is left who would tell.
            if monitor < 0, process < 0 { return ContainerEnding(exitFileIn: directory, id: container.id) ?? .unknown }
            let remaining = deadline.remainingMilliseconds
            if remaining == 0 { return nil }
            // While the monitor lives the process's death says nothing: the code comes with the file.
            let death = monitor >= 0 ? monitor : process
            var polled = [
                pollfd(fd: watch, events: Int16(POLLIN), revents: 0),
                pollfd(fd: death, events: Int16(POLLIN), revents: 0),
            ]
            poll(&polled, 2, remaining)
            if polled[0].revents != 0 { drain(watch) }
            if polled[1].revents != 0 {
                close(death)
                if monitor >= 0 { monitor = -1 } else { process = -1 }
            }
        }
    }

    private func open(_ identity: ProcessIdentity?) -> Int32 {
        guard let identity else { return -1 }
        let descriptor = clinux_pidfd_open(identity.pid)
        guard descriptor >= 0, !identity.isAlive else { return descriptor }
        close(descriptor)
        return -1
    }

    private func drain(_ watch: Int32) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        _ = read(watch, &buffer, buffer.count)
    }
}
