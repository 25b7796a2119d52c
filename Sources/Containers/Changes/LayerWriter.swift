// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc
import TarArchive

/// Writes files of a container as entries of an archive.
struct LayerWriter {
    private var writer: any EntrySink
    /// The trees that files are read from. A running container may put a link in a directory's place while it is
    /// walked; files are therefore opened beneath these, with no link on the way (CVE-2018-15664).
    private let roots: [BytePath]
    /// First names of files with several links, by device and inode.
    private var links: [UInt64: [UInt64: BytePath]] = [:]

    /// Times keep their nanoseconds: a commit must give back exactly what was there.
    init(roots: [BytePath], sink: @escaping TarWriter.Sink) {
        self.init(roots: roots, into: TarWriter(keepsNanoseconds: true, sink: sink))
    }

    init(roots: [BytePath], into sink: any EntrySink) {
        self.roots = roots
        writer = sink
    }

    mutating func finish() throws {
        try writer.finish()
    }

    /// Marks `path` as deleted (OCI image spec, layer.md, "Whiteouts"). The mark gets the time of the directory, which is
    /// that of the last deletion or later, so that the same files give the same layer.
    mutating func addWhiteout(_ path: BytePath, in directory: stat) throws {
        let marker = path.parent.appending(BytePath(Array(".wh.".utf8) + (path.name?.bytes ?? [])))
        try writer.add(
            TarEntry(path: Self.name(marker), kind: .file, mode: 0, modificationTime: Self.time(directory)))
    }

    /// Adds the file at `source` under the name `path`; sockets are left out, as nobody could use them.
    ///
    /// - Parameter root: the directory that `source` must lie beneath; nil is the one of the writer's that holds it.
    mutating func add(
        _ path: BytePath, from source: BytePath, _ status: stat, beneath root: BytePath? = nil
    ) throws {
        guard let kind = kind(path, source, status) else { return }
        var entry = TarEntry(
            path: Self.name(path), kind: kind, mode: UInt32(status.st_mode & 0o7777), uid: Int64(status.st_uid),
            gid: Int64(status.st_gid),
            modificationTime: Self.time(status))
        entry.xattrs = Self.attributes(of: source)
        if kind == .directory { entry.path.append(UInt8(ascii: "/")) }
        guard kind == .file else { return try writer.add(entry) }
        guard let file = try openFile(source, beneath: root) else { return }
        entry.size = Int64(try file.status().st_size)
        try writer.add(entry)
        try copyContents(of: file, size: entry.size)
    }

    private mutating func kind(_ path: BytePath, _ source: BytePath, _ status: stat) -> TarEntry.Kind? {
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return .directory
        case S_IFLNK: return .symbolicLink(target: Files.linkTarget(source)?.bytes ?? [])
        case S_IFSOCK: return nil
        default: break
        }
        if status.st_nlink > 1 {
            if let first = links[UInt64(status.st_dev)]?[UInt64(status.st_ino)] {
                return .hardLink(target: Self.name(first))
            }
            links[UInt64(status.st_dev), default: [:]][UInt64(status.st_ino)] = path
        }
        let (major, minor) = (clinux_major(status.st_rdev), clinux_minor(status.st_rdev))
        switch status.st_mode & S_IFMT {
        case S_IFCHR: return .characterDevice(major: major, minor: minor)
        case S_IFBLK: return .blockDevice(major: major, minor: minor)
        case S_IFIFO: return .fifo
        default: return .file
        }
    }

    /// Exactly `size` bytes, whatever happens to the file meanwhile: a running container may cut or extend it.
    private mutating func copyContents(of file: borrowing OwnedFD, size: Int64) throws {
        var rest = size
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while rest > 0 {
            let wanted = min(Int(rest), buffer.count)
            var count = read(file.rawValue, &buffer, wanted)
            if count < 0 {
                if errno == EINTR { continue }
                throw IOError(errno: errno, operation: "read")
            }
            if count == 0 {
                for index in 0..<wanted { buffer[index] = 0 }
                count = wanted
            }
            try buffer.withUnsafeBytes { try writer.write(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
            rest -= Int64(count)
        }
    }

    /// - Returns: `nil` when the file has gone or is something else by now.
    private func openFile(_ path: BytePath, beneath known: BytePath?) throws -> OwnedFD? {
        guard let root = known ?? roots.first(where: { path.relative(to: $0) != nil }),
            let relative = path.relative(to: root)
        else { return nil }
        let directory = try OwnedFD(opening: root, flags: Int32(CLINUX_O_PATH) | O_DIRECTORY)
        let parent = directory.rawValue
        let descriptor = relative.withCString { clinux_open_beneath(parent, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK) }
        guard descriptor >= 0 else {
            if [ENOENT, ELOOP, ENOTDIR, EXDEV].contains(errno) { return nil }
            throw IOError(errno: errno, operation: "open", path: path.text)
        }
        let file = OwnedFD(adopting: descriptor)
        guard try file.status().st_mode & S_IFMT == S_IFREG else { return nil }
        return file
    }

    private static func attributes(of path: BytePath) -> [TarEntry.Xattr] {
        ExtendedAttributes.names(of: path).sorted().compactMap { name in
            guard !name.contains(".overlay."), !name.hasPrefix("security.selinux"), !name.hasPrefix("system."),
                let value = ExtendedAttributes.value(name, of: path)
            else { return nil }
            return TarEntry.Xattr(name: Array(name.utf8), value: value)
        }
    }

    private static func time(_ status: stat) -> TarTime {
        TarTime(seconds: Int64(status.st_mtim.tv_sec), nanoseconds: Int32(status.st_mtim.tv_nsec))
    }

    /// Names in archives have no leading slash.
    private static func name(_ path: BytePath) -> [UInt8] {
        Array(path.bytes.drop { $0 == UInt8(ascii: "/") })
    }
}
