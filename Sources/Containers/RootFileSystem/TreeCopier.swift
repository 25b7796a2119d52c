// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc
import TarArchive

/// Copies file trees with everything that a layer can say about a file: type, owner, mode, times, extended attributes,
/// hard links, devices, holes.
struct TreeCopier {
    /// Targets of files with several links, by device and inode of the source.
    private var links: [UInt64: [UInt64: BytePath]] = [:]

    /// Copies what is in `source` into the directory `target`.
    static func copyContents(of source: MergedDirectory, to target: BytePath) throws {
        var copier = TreeCopier()
        try copier.copyContents(of: source, to: target)
    }

    private mutating func copyContents(of source: MergedDirectory, to target: BytePath) throws {
        for entry in try source.entries() { try copy(entry, to: target.appending(entry.name)) }
    }

    private mutating func copy(_ entry: MergedDirectory.Entry, to target: BytePath) throws {
        let status = entry.status
        if entry.isDirectory {
            guard target.withCString({ mkdir($0, 0o700) }) == 0 || errno == EEXIST else {
                throw IOError(errno: errno, operation: "mkdir", path: target.text)
            }
            if let children = entry.children { try copyContents(of: children, to: target) }
            return try Self.copyAttributes(from: entry.path, to: target)
        }
        if status.st_nlink > 1 {
            if let known = links[UInt64(status.st_dev)]?[UInt64(status.st_ino)] {
                guard known.withCString({ known in target.withCString { link(known, $0) } }) == 0 else {
                    throw IOError(errno: errno, operation: "link", path: target.text)
                }
                return
            }
            links[UInt64(status.st_dev), default: [:]][UInt64(status.st_ino)] = target
        }
        try copyNode(entry.path, status, to: target)
        try Self.copyAttributes(from: entry.path, to: target)
    }

    private func copyNode(_ source: BytePath, _ status: stat, to target: BytePath) throws {
        switch status.st_mode & S_IFMT {
        case S_IFREG: try FileCopy.copy(source, to: target)
        case S_IFLNK:
            let text = Files.linkTarget(source)
            guard text?.withCString({ text in target.withCString { symlink(text, $0) } }) == 0 else {
                throw IOError(errno: errno, operation: "symlink", path: target.text)
            }
        case S_IFSOCK: break
        default:
            guard target.withCString({ mknod($0, status.st_mode, status.st_rdev) }) == 0 else {
                // Without root there are no device nodes; a container gets its own /dev.
                if errno == EPERM, geteuid() != 0 { return }
                throw IOError(errno: errno, operation: "mknod", path: target.text)
            }
        }
    }

    /// Owner, mode, extended attributes and times, in the order in which the kernel does not undo them.
    static func copyAttributes(from source: BytePath, to target: BytePath) throws(IOError) {
        guard let status = Files.status(source), let made = Files.status(target) else { return }
        if geteuid() == 0 || status.st_uid != made.st_uid || status.st_gid != made.st_gid {
            let result = target.withCString { lchown($0, status.st_uid, status.st_gid) }
            // EINVAL: an owner that the user namespace does not map, and so cannot give away either.
            guard result == 0 || geteuid() != 0 || errno == EINVAL else {
                throw IOError(errno: errno, operation: "chown", path: target.text)
            }
        }
        if status.st_mode & S_IFMT != S_IFLNK, target.withCString({ chmod($0, status.st_mode & 0o7777) }) != 0 {
            throw IOError(errno: errno, operation: "chmod", path: target.text)
        }
        try ExtendedAttributes.copy(from: source, to: target)
        var times = [status.st_atim, status.st_mtim]
        guard target.withCString({ utimensat(AT_FDCWD, $0, &times, AT_SYMLINK_NOFOLLOW) }) == 0 else {
            throw IOError(errno: errno, operation: "utimensat", path: target.text)
        }
    }
}
