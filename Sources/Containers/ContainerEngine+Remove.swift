// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc

extension ContainerEngine {
    /// Deletes a container and its writable layer.
    ///
    /// - Throws: `conflict` with docker's text for a running or paused one unless forced.
    public func remove(_ name: String, options: RemoveOptions = RemoveOptions()) throws {
        let store = try self.store
        let id = try store.find(name)
        if options.force {
            do { _ = try store.load(id) } catch { return try removeDamaged(id) }
            try? killAndWait(id)
        }
        let trash = try withContainer(id, named: name) { container in
            try checkRemovable(container, name: name)
            releaseResources(&container)
            // While the record is there: whoever finds the container gone finds its volumes gone, and a kill leaks none.
            if options.removesVolumes { try removeAnonymousVolumes(of: container) }
            let name = container.name
            return try store.holdingLock {
                let trash = try store.retire(id)
                store.release(name, of: id)
                return trash
            }
        }
        try catalogRemoved(id)
        try Files.removeTree(trash)
    }

    /// Takes away what can be found of a container whose record can't be read.
    private func removeDamaged(_ id: ContainerID) throws {
        let store = try self.store
        let directory = store.directory(id)
        let trash = try FileLock.holding(directory.lock, .exclusive) {
            // Its spec is lost; most specs leave these as they are.
            let spec = ContainerSpec(image: "")
            try runtime(for: spec).delete(id)
            if host.isRoot { CgroupRemover(path: spec.cgroupPath(of: id)).remove() }
            _ = clinux_unmount_lazily(directory.root)
            return try store.holdingLock {
                try store.releaseNames(of: id)
                return try store.retire(id)
            }
        }
        try catalogRemoved(id)
        try Files.removeTree(trash)
    }

    /// Volumes without a name of their own that no other container uses.
    private func removeAnonymousVolumes(of container: Container) throws {
        let anonymous = container.mounts.filter(\.isAnonymous).compactMap(\.name)
        guard !anonymous.isEmpty else { return }
        let used = Set(try list().filter { $0.id != container.id }.flatMap(\.mounts).compactMap(\.name))
        for volume in anonymous where !used.contains(volume) { try volumes.remove(volume) }
    }

    private func checkRemovable(_ container: Container, name: String) throws(ContainerError) {
        switch container.state.status {
        case .running, .restarting:
            throw .conflict(
                "cannot remove container \"\(name)\": container is \(container.state.status): stop the container before removing or force remove"
            )
        case .paused:
            throw .conflict(
                "cannot remove container \"\(name)\": container is paused and must be unpaused first"
            )
        case .created, .exited, .dead, .removing: return
        }
    }

    /// SIGKILL, and the end awaited for ten seconds at most.
    func killAndWait(_ id: ContainerID) throws {
        let container = try withContainer(id) { container -> Container? in
            container.state.wasStoppedByUser = true
            if container.state.status == .restarting { container.state.status = .exited }
            guard container.state.isActive else { return nil }
            try deliver(SIGKILL, to: &container, resumes: true)
            return container
        }
        guard let container else { return }
        _ = ExitWatch(directory: try store.directory(id), container: container).wait(until: Deadline(seconds: 10))
    }
}
