// SPDX-License-Identifier: Apache-2.0

extension ContainerEngine {
    /// Whether containers can be frozen: without root they have no cgroup of their own.
    var canPause: Bool { host.isRoot }

    /// Whether the container runs, and would go on doing so while its files are read.
    public func runsUnpaused(_ name: String) throws -> Bool {
        guard !canPause else { return false }
        return try inspect(name).state.status == .running
    }

    /// Freezes all processes of a running container.
    public func pause(_ name: String) throws {
        try withContainer(name) { container in
            switch container.state.status {
            case .running: break
            case .paused: throw ContainerError.conflict("Container \(container.id.hex) is already paused")
            case .restarting: throw ContainerError.restarting(container.id)
            default: throw ContainerError.conflict("container \(container.id.hex) is not running")
            }
            let log = try store.directory(container.id).runtimeLog
            try runtime(for: container.spec).pause(container.id, log: log)
            container.state.status = .paused
        }
    }

    /// Lets a paused container go on.
    public func unpause(_ name: String) throws {
        try withContainer(name) { container in
            guard container.state.status == .paused else {
                throw ContainerError.conflict("Container \(container.id.hex) is not paused")
            }
            let log = try store.directory(container.id).runtimeLog
            try runtime(for: container.spec).resume(container.id, log: log)
            container.state.status = .running
        }
    }

    private static let renaming = "Error when allocating new name: "

    /// Gives a container another name.
    public func rename(_ name: String, to newName: String) throws {
        let wanted = newName.hasPrefix("/") ? String(newName.dropFirst()) : newName
        guard !wanted.isEmpty else { throw ContainerError.invalid("Neither old nor new names may be empty") }
        let store = try self.store
        try withContainer(name) { container in
            guard container.name != wanted else {
                throw ContainerError.conflict("Renaming a container with the same name as its current name")
            }
            do throws(ContainerError) { try ContainerName.check(wanted, shown: "/" + wanted) } catch {
                throw error.prefixed(Self.renaming)
            }
            let (old, id) = (container.name, container.id)
            container.name = wanted
            let renamed = container
            try store.holdingLock {
                do { try store.claim(wanted, for: id) } catch let error as ContainerError {
                    throw error.prefixed(Self.renaming)
                }
                try catalog(renamed: id, to: wanted)
                try store.save(renamed)
                store.release(old, of: id)
            }
        }
    }
}
