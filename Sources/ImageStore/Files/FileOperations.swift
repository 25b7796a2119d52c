// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import CLinux
import Glibc

/// Every change that the store makes to its files. One seam, so that a test can stop the store at the k-th change, or
/// fill the disk there, and then look at what is left (crash matrix).
struct FileOperations: Sendable {
    /// Called before each step; what it throws ends the operation. Nil outside tests.
    var before: (@Sendable (FileStep) throws -> Void)?

    init(before: (@Sendable (FileStep) throws -> Void)? = nil) {
        self.before = before
    }

    /// Opens for reading; nil when there is no such file. A pipe in its place is not waited for: it is empty.
    static func open(_ path: String) throws(IOError) -> OwnedFD? {
        do {
            return try OwnedFD(opening: path, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
        } catch {
            if error.errno == ENOENT { return nil }
            throw error
        }
    }

    func announce(_ step: @autoclosure () -> FileStep) throws {
        if let before { try before(step()) }
    }

    /// `mkdir(2)`; an existing directory is fine.
    func makeDirectory(_ path: String, mode: mode_t = 0o700) throws {
        try announce(.makeDirectory(path))
        guard mkdir(path, mode) != 0 else { return }
        let error = errno
        guard error == EEXIST else { throw IOError(errno: error, operation: "mkdir", path: path) }
    }

    /// `mkdir -p`.
    func makeDirectories(_ path: String, mode: mode_t = 0o700) throws {
        do {
            try makeDirectory(path, mode: mode)
        } catch let error as IOError where error.errno == ENOENT {
            guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { throw error }
            try makeDirectories(String(path[..<slash]), mode: 0o755)
            try makeDirectory(path, mode: mode)
        }
    }

    /// Makes a directory of the store that somebody has tidied away.
    func restoreDirectory(_ path: Substring) throws {
        if access(String(path), F_OK) != 0, errno == ENOENT { try makeDirectory(String(path)) }
    }

    /// Opens for reading and writing, creating the file with `mode`; `flags` adds `O_EXCL`, `O_TRUNC`.
    func create(_ path: String, flags: Int32 = 0, mode: mode_t = 0o600) throws -> OwnedFD {
        try announce(.create(path))
        try restoreDirectory(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
        return try OwnedFD(opening: path, flags: O_RDWR | O_CREAT | O_NOFOLLOW | flags, mode: mode)
    }

    /// Appends at the file position.
    func write(_ bytes: UnsafeRawBufferPointer, to file: borrowing OwnedFD, path: String) throws {
        try announce(.write(path, count: bytes.count))
        do { try file.write(bytes) } catch { throw IOError(errno: error.errno, operation: "write", path: path) }
    }

    func write(_ bytes: [UInt8], to file: borrowing OwnedFD, path: String) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        defer { buffer.deallocate() }
        buffer.copyBytes(from: bytes)
        try write(UnsafeRawBufferPointer(buffer), to: file, path: path)
    }

    /// Writes at `offset`, leaving the file position alone.
    func write(_ bytes: UnsafeRawBufferPointer, to file: borrowing OwnedFD, at offset: Int64, path: String) throws {
        try announce(.write(path, count: bytes.count))
        do {
            try file.write(bytes, at: offset)
        } catch {
            throw IOError(errno: error.errno, operation: "write", path: path)
        }
    }

    func truncate(_ file: borrowing OwnedFD, to size: Int64, path: String) throws {
        try announce(.truncate(path))
        try file.truncate(to: size)
    }

    /// An error of fsync is final: the kernel may have dropped the dirty pages, so it is never tried again.
    func sync(_ file: borrowing OwnedFD, path: String) throws {
        try announce(.sync(path))
        do { try file.sync() } catch { throw IOError(errno: error.errno, operation: "fsync", path: path) }
    }

    /// `syncfs(2)`: every file of the file system is on the disk.
    func syncFileSystem(of directory: borrowing OwnedFD, path: String) throws {
        try announce(.sync(path))
        guard clinux_syncfs(directory.rawValue) == 0 else {
            throw IOError(errno: errno, operation: "syncfs", path: path)
        }
    }

    func syncDirectory(_ path: String) throws {
        let directory = try OwnedFD(opening: path, flags: O_RDONLY | O_DIRECTORY)
        try sync(directory, path: path)
    }

    func rename(_ source: String, to target: String) throws {
        try announce(.rename(from: source, to: target))
        guard Glibc.rename(source, target) == 0 else {
            throw IOError(errno: errno, operation: "rename", path: source)
        }
    }

    /// `unlink(2)`; a file that is not there is fine.
    func unlink(_ path: String) throws {
        try announce(.unlink(path))
        guard Glibc.unlink(path) != 0 else { return }
        let error = errno
        guard error == ENOENT else { throw IOError(errno: error, operation: "unlink", path: path) }
    }

    /// Replaces `path` atomically and durably: temporary file, fsync, rename, fsync of the directory.
    /// With `isDurable` false only atomically: after a power loss the old, the new or an empty file is there.
    func replace(_ path: String, with bytes: [UInt8], in directory: String, isDurable: Bool = true) throws {
        let temporary = "\(path).new"
        let file = try create(temporary, flags: O_TRUNC)
        try write(bytes, to: file, path: temporary)
        if isDurable { try sync(file, path: temporary) }
        try rename(temporary, to: path)
        if isDurable { try syncDirectory(directory) }
    }
}
