// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc
import TarArchive

/// Unpacks archive entries beneath a directory. Every parent is resolved by the kernel inside that root, and every file
/// is made in a directory held open, so that neither the archive nor a running container can lead out.
final class ArchiveExtractor: EntrySink {
    /// Whom the files belong to.
    enum Owners {
        case ofArchive
        case fixed(uid_t, gid_t)
        /// Whoever unpacks.
        case ofCaller
    }

    /// A file that is being written.
    private final class OpenFile {
        let entry: TarEntry
        let name: BytePath
        let parent: OwnedFD
        let file: OwnedFD
        var position: Int64 = 0

        init(_ entry: TarEntry, _ name: BytePath, parent: consuming OwnedFD, file: consuming OwnedFD) {
            self.entry = entry
            self.name = name
            self.parent = parent
            self.file = file
        }
    }

    private let files: ContainedFiles
    private let base: BytePath
    private let shownBase: String
    private let owners: Owners
    private var current: OpenFile?
    /// Times of directories are set last: what is put into one changes them.
    private var directories: [(path: BytePath, time: TarTime)] = []

    /// - Parameters:
    ///   - base: the directory, as a path inside `files`.
    ///   - shownBase: how errors name it.
    init(files: consuming ContainedFiles, base: BytePath, shownBase: String, owners: Owners) {
        self.files = files
        self.base = base
        self.shownBase = shownBase
        self.owners = owners
    }

    /// Unpacks a whole archive.
    func extract(_ reader: inout TarReader) throws {
        while let entry = try reader.next() {
            try add(entry)
            try reader.readData { bytes, offset in
                current?.position = offset
                try write(bytes)
            }
        }
        try finish()
    }

    func add(_ entry: TarEntry) throws {
        try endFile()
        let path = place(of: entry.path)
        guard let name = path.name, path != base else { return }
        let parentPath = path.parent
        try files.makeDirectories(parentPath)
        let parent = try files.open(parentPath, flags: O_RDONLY | O_DIRECTORY)
        try make(entry, path, name, in: parent.rawValue)
        guard entry.kind == .file else {
            if entry.kind == .directory { directories.append((path, entry.modificationTime)) }
            return apply(entry, name, in: parent.rawValue)
        }
        let directory = parent.rawValue
        let descriptor = name.withCString {
            openat(directory, $0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        }
        guard descriptor >= 0 else { throw IOError(errno: errno, operation: "create", path: shown(path)) }
        current = OpenFile(entry, name, parent: parent, file: OwnedFD(adopting: descriptor))
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard let current else { return }
        try current.file.write(bytes, at: current.position)
        current.position += Int64(bytes.count)
    }

    func finish() throws {
        try endFile()
        for (path, time) in directories.reversed() {
            guard let directory = try? files.open(path, flags: O_RDONLY | O_DIRECTORY) else { continue }
            futimens(directory.rawValue, [Self.time(time), Self.time(time)])
        }
        directories = []
    }

    private func endFile() throws {
        guard let current else { return }
        self.current = nil
        // The end of a sparse file may be a hole.
        if current.position != current.entry.size {
            guard ftruncate(current.file.rawValue, Int(current.entry.size)) == 0 else {
                throw IOError(errno: errno, operation: "truncate", path: current.entry.displayPath)
            }
        }
        apply(current.entry, current.name, in: current.parent.rawValue)
    }

    /// The path inside `files` of a name in the archive.
    private func place(of name: [UInt8]) -> BytePath {
        BytePath(root: base.components + BytePath(name).components)
    }

    /// Makes everything but a file, and room for that.
    private func make(_ entry: TarEntry, _ path: BytePath, _ name: BytePath, in parent: Int32) throws {
        var status = stat()
        let exists = name.withCString { fstatat(parent, $0, &status, AT_SYMLINK_NOFOLLOW) } == 0
        let isDirectory = exists && status.st_mode & S_IFMT == S_IFDIR
        if isDirectory != (entry.kind == .directory), exists {
            throw CopyError(
                isDirectory
                    ? "cannot overwrite directory \"\(shown(path))\" with non-directory \"\(shownBase)\""
                    : "cannot overwrite non-directory \"\(shown(path))\" with directory \"\(shownBase)\"")
        }
        let result = try name.withCString { name in
            if exists, !isDirectory { unlinkat(parent, name, 0) }
            return exists && isDirectory ? 0 : try makeNode(entry.kind, name, in: parent)
        }
        guard result == 0 else { throw IOError(errno: errno, operation: "create", path: shown(path)) }
    }

    private func makeNode(_ kind: TarEntry.Kind, _ name: UnsafePointer<CChar>, in parent: Int32) throws -> Int32 {
        switch kind {
        case .file: 0
        case .directory: mkdirat(parent, name, 0o700)
        case .symbolicLink(let target): BytePath(target).withCString { symlinkat($0, parent, name) }
        case .hardLink(let target): try link(place(of: target), name, in: parent)
        case .fifo: mknodat(parent, name, S_IFIFO | 0o600, 0)
        case .characterDevice(let major, let minor):
            mknodat(parent, name, S_IFCHR | 0o600, clinux_makedev(major, minor))
        case .blockDevice(let major, let minor):
            mknodat(parent, name, S_IFBLK | 0o600, clinux_makedev(major, minor))
        }
    }

    private func link(_ target: BytePath, _ name: UnsafePointer<CChar>, in parent: Int32) throws -> Int32 {
        let directory = try files.open(target.parent, flags: O_RDONLY | O_DIRECTORY)
        let other = directory.rawValue
        return (target.name ?? "").withCString { linkat(other, $0, parent, name, 0) }
    }

    /// Owner first: a change of owner clears set-user-ID bits and capabilities. What an unprivileged user may not set
    /// stays as it is.
    private func apply(_ entry: TarEntry, _ name: BytePath, in parent: Int32) {
        if case .hardLink = entry.kind { return }
        BytePath("/proc/self/fd/\(parent)").appending(name).withCString { path in
            changeOwner(entry, path)
            if case .symbolicLink = entry.kind {
                // A link has no mode of its own.
            } else {
                changeMode(name, in: parent, mode: mode_t(entry.mode & 0o7777))
            }
            for attribute in entry.xattrs {
                let key = String(decoding: attribute.name, as: UTF8.self)
                _ = attribute.value.withUnsafeBytes { clinux_set_xattr(path, key, $0.baseAddress, $0.count) }
            }
            let time = Self.time(entry.modificationTime)
            utimensat(AT_FDCWD, path, [time, time], AT_SYMLINK_NOFOLLOW)
        }
    }

    private func changeOwner(_ entry: TarEntry, _ path: UnsafePointer<CChar>) {
        if geteuid() == 0 {
            switch owners {
            case .ofArchive: lchown(path, uid_t(clamping: entry.uid), gid_t(clamping: entry.gid))
            case .fixed(let uid, let gid): lchown(path, uid, gid)
            case .ofCaller: break
            }
        }
    }

    /// fchmodat(2) follows links; the file is opened without following and changed through its descriptor.
    private func changeMode(_ name: BytePath, in parent: Int32, mode: mode_t) {
        let descriptor = name.withCString { clinux_open_beneath(parent, $0, Int32(CLINUX_O_PATH) | O_NOFOLLOW) }
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        chmod("/proc/self/fd/\(descriptor)", mode)
    }

    private func shown(_ path: BytePath) -> String {
        PathText.clean(shownBase + "/" + (path.relative(to: base)?.text ?? ""))
    }

    private static func time(_ time: TarTime) -> timespec {
        timespec(tv_sec: Int(time.seconds), tv_nsec: Int(time.nanoseconds))
    }
}
