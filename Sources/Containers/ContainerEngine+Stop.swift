// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

extension ContainerEngine {
    /// Asks a container to end, and kills it when it hasn't in time.
    ///
    /// - Parameters:
    ///   - signal: `nil` is the container's stop signal, SIGTERM by default.
    ///   - seconds: `nil` is the container's time-out, 10 by default; negative waits for ever.
    /// - Throws: `notModified` when it doesn't run; docker counts that as success.
    public func stop(_ name: String, signal: String? = nil, seconds: Int? = nil) throws {
        let id = try store.find(name)
        let container = try withContainer(id, named: name) { container in
            if container.state.status == .restarting { return leaveDown(&container) }
            guard container.state.isActive else {
                container.state.wasStoppedByUser = true
                throw ContainerError.notModified("container \(id.hex) is not running")
            }
            container.state.wasStoppedByUser = true
            let number = try Signal.parse(signal ?? container.configuration.stopSignal ?? "SIGTERM")
            try deliver(number, to: container)
            return container
        }
        guard container.state.isActive else { return }
        let limit = seconds ?? container.configuration.stopTimeout ?? 10
        let watch = ExitWatch(directory: try store.directory(id), container: container)
        if watch.wait(until: Deadline(seconds: limit)) == nil { try killAndWait(id) }
        try? settle(id)
    }

    /// Nothing runs between two lives: there is only the next one to prevent.
    private func leaveDown(_ container: inout Container) -> Container {
        container.state.wasStoppedByUser = true
        container.state.status = .exited
        return container
    }

    /// Sends a signal (`KILL` by default); SIGKILL is awaited.
    public func kill(_ name: String, signal: String = "SIGKILL") throws {
        let number = try Signal.parse(signal)
        let id: ContainerID
        do throws(ContainerError) {
            id = try store.find(name)
        } catch {
            throw error.prefixed("cannot kill container: \(name): ")
        }
        let container = try withContainer(id, named: name) { container in
            if container.state.status == .restarting { return leaveDown(&container) }
            guard container.state.isActive else {
                throw ContainerError.conflict(
                    "cannot kill container: \(name): container \(id.hex) is not running"
                )
            }
            let stop = try Signal.parse(container.configuration.stopSignal ?? "SIGTERM")
            if number == SIGKILL || number == stop { container.state.wasStoppedByUser = true }
            try deliver(number, to: container)
            return container
        }
        guard number == SIGKILL, container.state.isActive else { return }
        _ = ExitWatch(directory: try store.directory(id), container: container).wait(until: Deadline(seconds: 10))
        try? settle(id)
    }

    /// Stops and starts again.
    public func restart(_ name: String, signal: String? = nil, seconds: Int? = nil) throws {
        do {
            try stop(name, signal: signal, seconds: seconds)
        } catch ContainerError.notModified {
            // A stopped container is just started, as docker does.
        }
        try start(name)
    }

    /// A paused container is let go after SIGKILL: the freezer of cgroup v1 would hold the signal back.
    func deliver(_ signal: Int32, to container: Container) throws {
        if signal != SIGKILL, let process = container.state.process { RuntimeInit.awaitProgram(of: process) }
        guard container.state.process?.signal(signal) == true else { return }
        guard container.state.status == .paused, signal == SIGKILL else { return }
        let directory = try store.directory(container.id)
        try? runtime(for: container.spec).resume(container.id, log: directory.runtimeLog)
    }
}
