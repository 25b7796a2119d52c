// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import DockerFormat
import Glibc

extension ContainerEngine {
    /// Runs `body` on the container's record under its lock, after checking the state against the kernel, and stores
    /// what `body` changed, also when it throws.
    func withContainer<Result>(_ name: String, _ body: (inout Container) throws -> Result) throws -> Result {
        let id = try store.find(name)
        return try withContainer(id, named: name, body)
    }

    func withContainer<Result>(
        _ id: ContainerID, named name: String? = nil, _ body: (inout Container) throws -> Result
    ) throws -> Result {
        let directory = try store.directory(id)
        var isLocked = false
        do {
            return try FileLock.holding(directory.lock, .exclusive) {
                isLocked = true
                guard var container = try store.load(id) else { throw ContainerStore.unknown(name ?? id.hex) }
                let before = container
                refresh(&container)
                do {
                    let result = try body(&container)
                    // A body may remove the container.
                    if container != before, Files.exists(directory.record) { try store.save(container) }
                    return result
                } catch {
                    if container != before { try? store.save(container) }
                    throw error
                }
            }
        } catch let error as IOError where !isLocked && (error.errno == ENOENT || error.errno == ENOTDIR) {
            throw ContainerStore.unknown(name ?? id.hex)
        }
    }

    /// Brings a record that says "running" up to date; frees what an ended container held.
    func refresh(_ container: inout Container) {
        if container.state.isStarting == true { return abandonStart(of: &container) }
        guard container.state.isActive, let end = ending(of: container) else { return }
        finish(&container, end)
    }

    /// Undoes a start whose process was killed in the middle.
    private func abandonStart(of container: inout Container) {
        releaseResources(&container)
        container.state.isStarting = nil
        guard container.spec.autoRemove || container.state.status != .created else { return }
        container.state.status = .exited
        container.state.exitCode = ContainerEnding.unknown.exitCode
        container.state.finishedAt = .now()
    }

    /// How an active container ended; `nil` while it runs.
    func ending(of container: Container) -> ContainerEnding? {
        guard let directory = try? store.directory(container.id) else { return nil }
        if let end = ContainerEnding(exitFileIn: directory, id: container.id) { return end }
        if container.state.process?.isAlive == true { return nil }
        if container.state.monitor?.isAlive == true {
            // The monitor is about to write the exit code; it never takes long.
            let watch = ExitWatch(directory: directory, container: container)
            if let end = watch.wait(until: Deadline(seconds: 5)) { return end }
        }
        return ContainerEnding(exitFileIn: directory, id: container.id) ?? .unknown
    }

    /// Notes the end and gives back mounts, network, cgroup.
    func finish(_ container: inout Container, _ end: ContainerEnding) {
        container.state.status = .exited
        container.state.exitCode = end.exitCode
        container.state.finishedAt = end.time
        // Nobody looks any more; docker calls that unhealthy.
        container.state.health?.status = .unhealthy
        if let directory = try? store.directory(container.id) {
            container.state.wasOOMKilled = Files.exists(directory.bundle + "/oom")
        }
        releaseResources(&container)
        catalog(running: false, container.id)
    }

    /// Idempotent; nothing here can fail in a way that matters to the caller.
    func releaseResources(_ container: inout Container) {
        if let runtime = try? runtime(for: container.spec) { runtime.delete(container.id) }
        if host.isRoot { CgroupRemover(path: container.cgroupPath).remove() }
        if let network = try? network() { network.disconnect(container) }
        if let root = try? rootFileSystem(of: container) { root.unmount() }
        container.state.process = nil
        container.state.monitor = nil
        container.state.network = nil
    }
}
