// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc
import TarArchive

/// Unpacks archive entries beneath a container's root. Every parent is resolved by the kernel inside that root, and
/// every file is made in a directory held open, so that neither the archive nor the running container can lead out.
struct ArchiveExtractor: ~Copyable {
    private let files: ContainedFiles
    private let base: String
    private let keepsOwners: Bool

    init(files: consuming ContainedFiles, base: String, keepsOwners: Bool) {
        self.files = files
        self.base = base
        self.keepsOwners = keepsOwners
    }

    func extract(_ entry: TarEntry, from reader: inout TarReader) throws {
        let path = PathText.clean(base + PathText.clean("/" + entry.displayPath))
        guard let name = PathText.components(path).last, path != base else { return }
        let parentPath = PathText.parent(path)
        try files.makeDirectories(parentPath)
        let parent = try files.open(parentPath, flags: O_RDONLY | O_DIRECTORY)
        try make(entry, name, in: parent.rawValue, from: &reader)
        try apply(entry, name, in: parent.rawValue)
    }

    private func make(_ entry: TarEntry, _ name: String, in parent: Int32, from reader: inout TarReader) throws {
        var status = stat()
        let exists = fstatat(parent, name, &status, AT_SYMLINK_NOFOLLOW) == 0
        let isDirectory = exists && status.st_mode & S_IFMT == S_IFDIR
        if isDirectory != (entry.kind == .directory), exists {
            throw ContainerError.invalid(
                isDirectory
                    ? "cannot overwrite directory \"\(name)\" with non-directory \"\(entry.displayPath)\""
                    : "cannot overwrite non-directory \"\(name)\" with directory \"\(entry.displayPath)\""
            )
        }
        if exists, !isDirectory { unlinkat(parent, name, 0) }
        let result: Int32
        switch entry.kind {
        case .directory: result = exists ? 0 : mkdirat(parent, name, 0o700)
        case .file: return try write(name, in: parent, from: &reader)
        case .symbolicLink(let target): result = symlinkat(String(decoding: target, as: UTF8.self), parent, name)
        case .hardLink(let target): result = try link(String(decoding: target, as: UTF8.self), name, in: parent)
        case .fifo: result = mknodat(parent, name, S_IFIFO | 0o600, 0)
        case .characterDevice(let major, let minor):
            result = mknodat(parent, name, S_IFCHR | 0o600, clinux_makedev(major, minor))
        case .blockDevice(let major, let minor):
            result = mknodat(parent, name, S_IFBLK | 0o600, clinux_makedev(major, minor))
        }
        guard result == 0 else { throw IOError(errno: errno, operation: "create", path: entry.displayPath) }
    }

    private func write(_ name: String, in parent: Int32, from reader: inout TarReader) throws {
        let descriptor = openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw IOError(errno: errno, operation: "create", path: name) }
        let file = OwnedFD(adopting: descriptor)
        try reader.readData { bytes, offset in try file.write(bytes, at: offset) }
    }

    private func link(_ target: String, _ name: String, in parent: Int32) throws -> Int32 {
        let path = PathText.clean(base + PathText.clean("/" + target))
        let directory = try files.open(PathText.parent(path), flags: O_RDONLY | O_DIRECTORY)
        return linkat(directory.rawValue, PathText.components(path).last ?? "", parent, name, 0)
    }

    private func apply(_ entry: TarEntry, _ name: String, in parent: Int32) throws {
        if case .hardLink = entry.kind { return }
        let (uid, gid) = keepsOwners ? (uid_t(clamping: entry.uid), gid_t(clamping: entry.gid)) : (0, 0)
        if geteuid() == 0 { fchownat(parent, name, uid, gid, AT_SYMLINK_NOFOLLOW) }
        if case .symbolicLink = entry.kind {
        } else {
            try changeMode(name, in: parent, mode: mode_t(entry.mode & 0o7777))
        }
        let time = timespec(
            tv_sec: Int(entry.modificationTime.seconds), tv_nsec: Int(entry.modificationTime.nanoseconds)
        )
        utimensat(parent, name, [time, time], AT_SYMLINK_NOFOLLOW)
    }

    /// fchmodat(2) follows links; the file is opened without following and changed through its descriptor.
    private func changeMode(_ name: String, in parent: Int32, mode: mode_t) throws {
        let descriptor = clinux_open_beneath(parent, name, Int32(CLINUX_O_PATH) | O_NOFOLLOW)
        guard descriptor >= 0 else { throw IOError(errno: errno, operation: "open", path: name) }
        defer { close(descriptor) }
        guard chmod("/proc/self/fd/\(descriptor)", mode) == 0 else {
            throw IOError(errno: errno, operation: "chmod", path: name)
        }
    }
}
