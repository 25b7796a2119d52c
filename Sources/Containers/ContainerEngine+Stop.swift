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
        try end(id, named: name, signal: signal, seconds: seconds)
        try? settle(id)
    }

    /// What ``stop(_:signal:seconds:)`` does before it removes a container that is to remove itself.
    private func end(_ id: ContainerID, named name: String, signal: String?, seconds: Int?) throws {
        let container = try withContainer(id, named: name) { container in
            if container.state.status == .restarting { return leaveDown(&container) }
            guard container.state.isActive else {
                container.state.wasStoppedByUser = true
                throw ContainerError.notModified("container \(id.hex) is not running")
            }
            container.state.wasStoppedByUser = true
            let number = try Signal.parse(signal ?? container.configuration.stopSignal ?? "SIGTERM")
            try deliver(number, to: &container, resumes: true)
            return container
        }
        guard container.state.isActive else { return }
        let limit = seconds ?? container.configuration.stopTimeout ?? 10
        let watch = ExitWatch(directory: try store.directory(id), container: container)
        if watch.wait(until: Deadline(seconds: limit)) == nil { try killAndWait(id) }
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
            let stop = try container.configuration.stopSignal.map(Signal.parse)
            // For docker any signal ends a container for good that has no stop signal of its own.
            let isEnd = number == SIGKILL || stop == nil || number == stop
            if isEnd { container.state.wasStoppedByUser = true }
            try deliver(number, to: &container, resumes: isEnd)
            return container
        }
        guard number == SIGKILL, container.state.isActive else { return }
        _ = ExitWatch(directory: try store.directory(id), container: container).wait(until: Deadline(seconds: 10))
        try? settle(id)
    }

    /// Stops and starts again; one that is to remove itself stays.
    public func restart(_ name: String, signal: String? = nil, seconds: Int? = nil) throws {
        let id = try store.find(name)
        try withWaiter(id) {
            do {
                try end(id, named: name, signal: signal, seconds: seconds)
            } catch ContainerError.notModified {
                // A stopped container is just started, as docker does.
            }
            try start(id.hex)
        }
    }

    /// - Parameter resumes: whether a paused container is let go, which it has to be to see the signal.
    func deliver(_ signal: Int32, to container: inout Container, resumes: Bool) throws {
        if signal != SIGKILL, let process = container.state.process { RuntimeInit.awaitProgram(of: process) }
        guard container.state.process?.signal(signal) == true else { return }
        guard container.state.status == .paused, resumes else { return }
        let directory = try store.directory(container.id)
        guard (try? runtime(for: container.spec).resume(container.id, log: directory.runtimeLog)) != nil else { return }
        container.state.status = .running
    }
}
