// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

extension ContainerEngine {
    /// All containers, newest first, with states checked against the kernel. Nothing is changed.
    public func list() throws -> [Container] { try records().containers }

    /// As `list`, with the reasons why records can't be read. Such a container doesn't hide the others, and a forced
    /// removal takes it away.
    public func records() throws -> (containers: [Container], damaged: [(id: ContainerID, reason: String)]) {
        let store = try self.store
        var containers: [Container] = []
        var damaged: [(id: ContainerID, reason: String)] = []
        for id in try store.ids() {
            do throws(ContainerError) {
                if let container = try store.load(id) { containers.append(observed(container)) }
            } catch {
                damaged.append((id, error.message))
            }
        }
        return (containers.sorted { ($0.created, $0.id) > ($1.created, $1.id) }, damaged)
    }

    /// One container by full ID, name, or unique prefix of an ID.
    public func inspect(_ name: String) throws -> Container {
        let store = try self.store
        guard let container = try store.load(try store.find(name)) else { throw ContainerStore.unknown(name) }
        return observed(container)
    }

    /// Host paths that docker's inspect tells.
    public func paths(of id: ContainerID) throws -> ContainerPaths {
        let directory = try store.directory(id)
        return ContainerPaths(
            log: directory.log, hosts: directory.hosts, hostname: directory.hostname, resolvConf: directory.resolvConf,
            merged: directory.root, upper: directory.upper, work: directory.work
        )
    }

    /// A record whose process has gone is told as ended; the next change of the container notes it.
    private func observed(_ container: Container) -> Container {
        guard container.state.isActive, container.state.process?.isAlive != true,
            let directory = try? store.directory(container.id)
        else { return container }
        let end = ContainerEnding(exitFileIn: directory, id: container.id)
        // The monitor is just about to say how it ended; until then it runs.
        if end == nil, container.state.monitor?.isAlive == true { return container }
        var ended = container
        ended.state.status = .exited
        ended.state.exitCode = (end ?? .unknown).exitCode
        ended.state.finishedAt = (end ?? .unknown).time
        ended.state.process = nil
        ended.state.health?.status = .unhealthy
        ended.state.network = nil
        return ended
    }
}
