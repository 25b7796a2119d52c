// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc

/// The `…at` system calls on one open directory, with names of bytes. It borrows the descriptor and never follows a link.
///
/// Names are single components: nothing here takes a path, so nothing here can leave the directory.
struct DirectoryHandle {
    typealias Name = ArraySlice<UInt8>

    let fd: Int32

    func openDirectory(_ name: Name) throws(IOError) -> Int32 {
        try check("open", name) { openat(fd, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
    }

    /// Creates a file that must not exist, for writing.
    func createFile(_ name: Name, mode: UInt32) throws(IOError) -> Int32 {
        try check("open", name) { openat(fd, $0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode) }
    }

    /// Opens a regular file for reading; `O_NONBLOCK` keeps a FIFO put there meanwhile from hanging the caller.
    func openFile(_ name: Name) throws(IOError) -> Int32 {
        try check("open", name) { openat(fd, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
    }

    func makeDirectory(_ name: Name, mode: UInt32) throws(IOError) {
        _ = try check("mkdir", name) { mkdirat(fd, $0, mode) }
    }

    func makeSymbolicLink(_ name: Name, target: [UInt8]) throws(IOError) {
        let target = Self.cString(target[...])
        _ = try check("symlink", name) { symlinkat(target, fd, $0) }
    }

    /// Gives `source` in `directory` another name here; a symbolic link is linked, not followed.
    func makeHardLink(_ name: Name, to source: Name, in directory: DirectoryHandle) throws(IOError) {
        let source = Self.cString(source)
        _ = try check("link", name) { linkat(directory.fd, source, fd, $0, 0) }
    }

    /// A device, FIFO or whiteout; `type` is `S_IFCHR` and so on.
    func makeNode(_ name: Name, type: mode_t, mode: UInt32, major: UInt32 = 0, minor: UInt32 = 0) throws(IOError) {
        _ = try check("mknod", name) { mknodat(fd, $0, type | mode, gnu_dev_makedev(major, minor)) }
    }

    func status(_ name: Name) throws(IOError) -> stat {
        var result = stat()
        _ = try check("lstat", name) { fstatat(fd, $0, &result, AT_SYMLINK_NOFOLLOW) }
        return result
    }

    /// The status, or nil when there is no such name.
    func statusIfPresent(_ name: Name) throws(IOError) -> stat? {
        do throws(IOError) {
            return try status(name)
        } catch {
            guard error.errno == ENOENT else { throw error }
            return nil
        }
    }

    func readLink(_ name: Name) throws(IOError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 4097)
        let capacity = buffer.count
        let count = try check("readlink", name) { name in
            buffer.withUnsafeMutableBytes { bytes in
                guard let base = bytes.bindMemory(to: CChar.self).baseAddress else { return -1 }
                return Int32(readlinkat(fd, name, base, capacity))
            }
        }
        return Array(buffer[..<Int(count)])
    }

    func unlink(_ name: Name) throws(IOError) {
        _ = try check("unlink", name) { unlinkat(fd, $0, 0) }
    }

    func removeDirectory(_ name: Name) throws(IOError) {
        _ = try check("rmdir", name) { unlinkat(fd, $0, AT_REMOVEDIR) }
    }

    func changeOwner(_ name: Name, uid: uid_t, gid: gid_t) throws(IOError) {
        _ = try check("lchown", name) { fchownat(fd, $0, uid, gid, AT_SYMLINK_NOFOLLOW) }
    }

    func changeMode(_ name: Name, _ mode: UInt32) throws(IOError) {
        _ = try check("chmod", name) { fchmodat(fd, $0, mode, AT_SYMLINK_NOFOLLOW) }
    }

    func setTimes(_ name: Name, _ time: TarTime) throws(IOError) {
        var times = Self.times(time)
        _ = try check("utimensat", name) { utimensat(fd, $0, &times, AT_SYMLINK_NOFOLLOW) }
    }

    /// Sets an attribute of something that cannot be opened (links, devices), through the directory's entry in /proc.
    func setXattr(_ name: Name, _ xattr: TarEntry.Xattr) throws(IOError) {
        let path = Self.cString(Array("/proc/self/fd/\(fd)/".utf8) + name)
        let key = Self.cString(xattr.name[...])
        let code = xattr.value.withUnsafeBytes { lsetxattr(path, key, $0.baseAddress, $0.count, 0) }
        guard code == 0 else { throw IOError(errno: errno, operation: "setxattr", path: Self.display(name)) }
    }

    /// The names in the directory, sorted as bytes, without `.` and `..`.
    func list() throws(IOError) -> [[UInt8]] {
        // A second open file: reading it moves no position that others share.
        let copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0 else { throw IOError(errno: errno, operation: "open") }
        guard let stream = fdopendir(copy) else {
            let error = IOError(errno: errno, operation: "opendir")
            close(copy)
            throw error
        }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            // d_name ends in a NUL inside its 256 bytes.
            let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
        }
        guard errno == 0 else { throw IOError(errno: errno, operation: "readdir") }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    static func times(_ time: TarTime) -> [timespec] {
        let value = timespec(tv_sec: Int(time.seconds), tv_nsec: Int(time.nanoseconds))
        return [value, value]
    }

    static func cString(_ bytes: ArraySlice<UInt8>) -> [CChar] {
        bytes.map { CChar(bitPattern: $0) } + [0]
    }

    static func display(_ name: Name) -> String { String(decoding: name, as: UTF8.self) }

    private func check(
        _ operation: String, _ name: Name, _ call: (UnsafePointer<CChar>) -> Int32
    ) throws(IOError) -> Int32 {
        let code = Self.cString(name).withUnsafeBufferPointer { buffer -> Int32 in
            guard let base = buffer.baseAddress else { return -1 }
            return call(base)
        }
        guard code >= 0 else { throw IOError(errno: errno, operation: operation, path: Self.display(name)) }
        return code
    }
}
