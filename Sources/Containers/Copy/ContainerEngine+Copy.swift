// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import DockerFormat
import Glibc
public import TarArchive

extension ContainerEngine {
    /// What is at `path` in a container, not following a link at its end unless a separator comes after it.
    public func pathStatus(_ name: String, _ path: String) throws -> ContainerPathStatus {
        try withTree(name, path) { container, root in
            let tree = try existing(path, name, container, root)
            guard let status = tree.status() else { throw Self.noFile(path, name) }
            let kind = ContainerPathStatus.Kind(status)
            var target = ""
            if kind == .link { target = ContainerTree(container, root: root, path: path, followsLast: true).place.text }
            return ContainerPathStatus(
                name: PathText.components(path).last ?? "/", kind: kind, size: Int64(status.st_size),
                mode: UInt32(status.st_mode & 0o7777),
                modified: Timestamp(
                    unixSeconds: Int64(status.st_mtim.tv_sec), nanosecond: Int32(status.st_mtim.tv_nsec)),
                linkTarget: target)
        }
    }

    /// Writes what is at `path` as an archive whose names begin with the path's last component: docker's
    /// `GET /containers/X/archive`.
    public func copyOut(
        _ name: String, _ path: String, sink: @escaping (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let base = CopyPath(path).name
        try copyOut(name, path, as: base == "/" ? "." : base, into: TarWriter(keepsNanoseconds: true, sink: sink))
    }

    /// Copies what is at `path` into a local directory.
    ///
    /// - Parameter progress: gets the number of bytes that an archive of the files would have so far.
    public func copyOut(
        _ name: String, _ path: String, to plan: CopyPlan, progress: @escaping (Int64) throws -> Void = { _ in }
    ) throws {
        let extractor = ArchiveExtractor(
            files: try ContainedFiles(root: plan.directory), base: "/", shownBase: PathText.clean(plan.directory),
            owners: .ofCaller)
        try copyOut(name, path, as: plan.name, into: MeasuredSink(extractor, progress: progress))
    }

    private func copyOut(_ name: String, _ path: String, as base: String, into sink: any EntrySink) throws {
        try withTree(name, path) { container, root in
            let tree = try existing(path, name, container, root)
            var mounts: [BytePath: String] = [:]
            for mount in container.mounts where mount.kind != .tmpfs {
                mounts[BytePath(mount.destination)] = mount.source
            }
            for (place, file) in etcFiles(of: container) where Files.exists(file) { mounts[BytePath(place)] = file }
            var walk = TreeWalk(mounts: mounts, into: sink)
            try walk.add(tree.name, in: tree.openParent(), as: BytePath(base), at: tree.place)
            try walk.finish()
        }
    }

    /// Files that the engine writes for the container and mounts over the image's.
    private func etcFiles(of container: Container) -> [(place: String, file: String)] {
        guard let paths = try? paths(of: container.id) else { return [] }
        return [
            ("/etc/hosts", paths.hosts), ("/etc/hostname", paths.hostname), ("/etc/resolv.conf", paths.resolvConf),
        ]
    }

    /// Unpacks an archive into the directory `path` of a container: docker's `PUT /containers/X/archive`. Files belong
    /// to whom the archive says.
    ///
    /// - Parameter usesContainerUser: `cp -a`: they belong to the user the container runs as, if it names one.
    public func copyIn(
        _ name: String, _ path: String, archive: consuming TarReader, usesContainerUser: Bool = false
    ) throws {
        var reader = archive
        try copyIn(name, path, usesContainerUser: usesContainerUser) { extractor in
            do { try extractor.extract(&reader) } catch TarError.truncated {
                throw ContainerError.invalid("unexpected EOF")
            }
        }
    }

    /// The same with an archive that `source` gives: it fills a buffer and returns how much; 0 is the end.
    public func copyIn(
        _ name: String, _ path: String, usesContainerUser: Bool = false,
        source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int
    ) throws {
        try copyIn(name, path, archive: TarReader(source: source), usesContainerUser: usesContainerUser)
    }

    /// Copies a local file or directory into a container.
    ///
    /// - Parameter progress: gets the number of bytes that an archive of the files would have so far.
    public func copyIn(
        _ name: String, _ plan: CopyPlan, from source: CopySource, usesContainerUser: Bool = false,
        progress: @escaping (Int64) throws -> Void = { _ in }
    ) throws {
        let directory = try OwnedFD(opening: source.path.directory, flags: O_RDONLY | O_DIRECTORY)
        try copyIn(name, plan.directory, usesContainerUser: usesContainerUser) { extractor in
            var walk = TreeWalk(into: MeasuredSink(extractor, progress: progress))
            try walk.add(
                BytePath(source.path.name), in: directory, as: BytePath(plan.name), at: BytePath(source.path.text))
            try walk.finish()
        }
    }

    private func copyIn(
        _ name: String, _ path: String, usesContainerUser: Bool, _ body: (ArchiveExtractor) throws -> Void
    ) throws {
        guard !path.isEmpty else { throw ContainerError.invalid("bad parameter: pathcannot be empty") }
        try withTree(name, path) { container, root in
            let tree = ContainerTree(container, root: root, path: path, followsLast: true)
            guard let status = tree.status() else { throw Self.noFile(path, name) }
            guard status.st_mode & S_IFMT == S_IFDIR else {
                throw ContainerError.invalid("extraction point is not a directory")
            }
            if let refusal = tree.refusal { throw ContainerError.invalid(refusal) }
            let owners: ArchiveExtractor.Owners = usesContainerUser ? try self.owners(container, root) : .ofArchive
            let extractor = ArchiveExtractor(
                files: try ContainedFiles(root: tree.root), base: tree.path, shownBase: tree.place.text, owners: owners)
            do { try body(extractor) } catch let error as CopyError {
                throw ContainerError.invalid(error.description)
            }
        }
    }

    /// The container's own user, named or by number.
    private func owners(_ container: Container, _ root: String) throws -> ArchiveExtractor.Owners {
        guard !container.configuration.user.isEmpty else { return .ofArchive }
        let files = try ContainedFiles(root: root)
        let resolver = UserResolver(
            passwd: try files.read("/etc/passwd", limit: 1 << 20), group: try files.read("/etc/group", limit: 1 << 20))
        let user = try resolver.resolve(container.configuration.user)
        return .fixed(user.uid, user.gid)
    }

    static func noFile(_ path: String, _ name: String) -> ContainerError {
        .notFound("Could not find the file \(path) in container \(name)")
    }

    /// The tree of a path that must be there, and be a directory if it ends like one.
    private func existing(
        _ path: String, _ name: String, _ container: Container, _ root: String
    ) throws -> ContainerTree {
        let asserts = CopyPath(path).assertsDirectory
        let tree = ContainerTree(container, root: root, path: path, followsLast: asserts)
        guard let status = tree.status() else { throw Self.noFile(path, name) }
        guard !asserts || status.st_mode & S_IFMT == S_IFDIR else {
            throw ContainerError.invalid("lstat \(path): not a directory")
        }
        return tree
    }

    /// Runs `body` with the container and its root; that of a container that does not run is mounted meanwhile, under
    /// the container's lock.
    private func withTree<Result>(
        _ name: String, _ path: String, _ body: (_ container: Container, _ root: String) throws -> Result
    ) throws -> Result {
        guard !path.isEmpty else { throw ContainerError.invalid("bad parameter: pathcannot be empty") }
        return try withContainer(name) { container in
            let root = try rootFileSystem(of: container)
            let mustMount = !container.state.isActive
            if mustMount { try root.mount() }
            defer { if mustMount { root.unmount() } }
            return try body(container, root.directory.root)
        }
    }
}
