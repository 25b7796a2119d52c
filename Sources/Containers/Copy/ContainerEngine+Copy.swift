// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import DockerFormat
import Glibc
public import TarArchive

extension ContainerEngine {
    /// What is at `path` in a container, not following a link at its end.
    public func pathStatus(_ name: String, _ path: String) throws -> ContainerPathStatus {
        try withTree(name, path) { tree in
            guard let target = try tree.located(), let status = Files.status(target) else {
                throw Self.noFile(path, name)
            }
            let kind: ContainerPathStatus.Kind
            switch status.st_mode & S_IFMT {
            case S_IFREG: kind = .file
            case S_IFDIR: kind = .directory
            case S_IFLNK: kind = .link
            default: kind = .other
            }
            return ContainerPathStatus(
                name: PathText.components(path).last ?? "/", kind: kind, size: Int64(status.st_size),
                mode: UInt32(status.st_mode & 0o7777),
                modified: Timestamp(
                    unixSeconds: Int64(status.st_mtim.tv_sec), nanosecond: Int32(status.st_mtim.tv_nsec)
                ),
                linkTarget: kind == .link ? MergedDirectory.target(of: target) ?? "" : ""
            )
        }
    }

    /// Writes what is at `path` as an archive whose names begin with the path's last component: docker's
    /// `GET /containers/X/archive`.
    public func copyOut(
        _ name: String, _ path: String, sink: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try withTree(name, path) { tree in
            guard let target = try tree.located(), let status = Files.status(target) else {
                throw Self.noFile(path, name)
            }
            let base = PathText.components(path).last ?? "."
            var writer = LayerWriter(roots: [tree.root], sink: sink)
            try writer.add(base, from: target, status)
            if status.st_mode & S_IFMT == S_IFDIR {
                try add(MergedDirectory(sources: [target]), base, to: &writer)
            }
            try writer.finish()
        }
    }

    private func add(_ directory: MergedDirectory, _ path: String, to writer: inout LayerWriter) throws {
        for entry in try directory.entries() {
            let name = path + "/" + entry.name
            try writer.add(name, from: entry.path, entry.status)
            if let children = entry.children { try add(children, name, to: &writer) }
        }
    }

    /// Unpacks an archive into the directory `path` of a container: docker's `PUT /containers/X/archive`.
    ///
    /// - Parameter keepsOwners: `cp -a`; otherwise everything belongs to root.
    public func copyIn(_ name: String, _ path: String, archive: consuming TarReader, keepsOwners: Bool = false) throws {
        var reader = archive
        try withTree(name, path) { tree in
            guard tree.isWritable else {
                throw ContainerError.invalid("container rootfs is marked read-only")
            }
            let files = try ContainedFiles(root: tree.root)
            guard let directory = try? files.open(tree.path, flags: O_RDONLY | O_DIRECTORY) else {
                guard files.status(tree.path) == nil else {
                    throw ContainerError.invalid("extraction point is not a directory")
                }
                throw Self.noFile(path, name)
            }
            _ = directory.rawValue
            let extractor = ArchiveExtractor(files: files, base: tree.path, keepsOwners: keepsOwners)
            while let entry = try reader.next() { try extractor.extract(entry, from: &reader) }
        }
    }

    static func noFile(_ path: String, _ name: String) -> ContainerError {
        .notFound("Could not find the file \(path) in container \(name)")
    }

    /// Runs `body` with the tree that holds `path`; the root file system of a container that does not run is mounted
    /// meanwhile, under the container's lock.
    private func withTree<Result>(_ name: String, _ path: String, _ body: (ContainerTree) throws -> Result) throws
        -> Result
    {
        try withContainer(name) { container in
            let root = try rootFileSystem(of: container)
            let mustMount = !container.state.isActive
            if mustMount { try root.mount() }
            defer { if mustMount { root.unmount() } }
            return try body(ContainerTree(container, root: root.directory.root, path: path))
        }
    }
}
