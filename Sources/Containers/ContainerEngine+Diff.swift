// SPDX-License-Identifier: Apache-2.0
import Glibc
import TarArchive

extension ContainerEngine {
    /// What a container, running or not, has changed in its image's files; depth first, in lexical order.
    public func changes(_ name: String) throws -> [Change] {
        let container = try inspect(name)
        return try ChangeFinder.changes(of: try rootFileSystem(of: container))
    }

    /// Writes the container's changes as a layer: what `commit` stores. Mounts are not in it; the same files give the
    /// same bytes.
    ///
    /// - Parameter pauses: freezes a running container meanwhile, where that is possible.
    /// - Returns: whether there was anything; without changes nothing is written.
    public func writeLayer(
        _ name: String, pauses: Bool = true, sink: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws -> Bool {
        let container = try inspect(name)
        let mustPause = pauses && canPause && container.state.status == .running
        if mustPause { try pause(container.id.hex) }
        defer { if mustPause { try? unpause(container.id.hex) } }
        let root = try rootFileSystem(of: container)
        let changes = try ChangeFinder.changes(of: root)
        guard !changes.isEmpty else { return false }
        let current = root.current
        var writer = LayerWriter(roots: root.current.sources, sink: sink)
        for change in changes {
            if change.kind == .deleted {
                guard let directory = current.status(of: change.path.parent) else { continue }
                try writer.addWhiteout(change.path, in: directory)
            } else if let entry = current.lookup(change.path) {
                try writer.add(change.path, from: entry.path, entry.status)
            }
        }
        try writer.finish()
        return true
    }

    /// Writes all files of a container as one flat archive: `export`. Mounts are not in it.
    public func export(_ name: String, sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws {
        let root = try rootFileSystem(of: try inspect(name))
        var writer = LayerWriter(roots: root.current.sources, sink: sink)
        func add(_ directory: MergedDirectory, _ path: BytePath) throws {
            for entry in try directory.entries() {
                let name = path.appending(entry.name)
                try writer.add(name, from: entry.path, entry.status)
                if let children = entry.children { try add(children, name) }
            }
        }
        try add(root.current, "/")
        try writer.finish()
    }

    /// Bytes of the container's writable layer: `SizeRw`.
    public func size(_ name: String) throws -> Int64 {
        let container = try inspect(name)
        let root = try rootFileSystem(of: container)
        var total: Int64 = 0
        var seen: Set<UInt64> = []
        for change in try ChangeFinder.changes(of: root) where change.kind != .deleted {
            guard let entry = root.current.lookup(change.path), !entry.isDirectory else { continue }
            // A file with several links counts once.
            if entry.status.st_nlink > 1, !seen.insert(UInt64(entry.status.st_ino)).inserted { continue }
            total += Int64(entry.status.st_size)
        }
        return total
    }
}
