// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc
import TarArchive

/// Small files and directories of the store; large or untrusted data does not pass here.
enum Files {
    /// The whole file, refused with `EFBIG` when it is longer than `limit` bytes.
    static func read(_ path: String, limit: Int = 16 << 20) throws(IOError) -> [UInt8] {
        let file = try OwnedFD(opening: path, flags: O_RDONLY)
        return try file.readAll(limit: limit)
    }

    static func readText(_ path: String, limit: Int = 1 << 20) throws(IOError) -> String {
        String(decoding: try read(path, limit: limit), as: UTF8.self)
    }

    /// Replaces `path` by a temporary file and rename(2), so that a reader sees the old or the new content.
    static func writeAtomically(_ bytes: [UInt8], to path: String, mode: mode_t = 0o600) throws(IOError) {
        let temporary = "\(path).\(getpid()).\(UInt32.random(in: 0...UInt32.max)).tmp"
        do {
            let file = try OwnedFD(opening: temporary, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: mode)
            try file.write(bytes)
            try file.close()
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else {
            let error = IOError(errno: errno, operation: "rename", path: path)
            unlink(temporary)
            throw error
        }
    }

    static func write(_ text: String, to path: String, mode: mode_t) throws(IOError) {
        let file = try OwnedFD(opening: path, flags: O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: mode)
        try file.write(Array(text.utf8))
        // The mode of open(2) is cut by the umask; containers must be able to read these files.
        guard fchmod(file.rawValue, mode) == 0 else { throw IOError(errno: errno, operation: "chmod", path: path) }
    }

    /// mkdir -p.
    static func makeDirectories(_ path: String, mode: mode_t = 0o700) throws(IOError) {
        if mkdir(path, mode) == 0 || errno == EEXIST { return }
        guard errno == ENOENT, path != "/" else { throw IOError(errno: errno, operation: "mkdir", path: path) }
        try makeDirectories(PathText.parent(path), mode: mode)
        guard mkdir(path, mode) == 0 || errno == EEXIST else {
            throw IOError(errno: errno, operation: "mkdir", path: path)
        }
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func isDirectory(_ path: String) -> Bool { isDirectory(BytePath(path)) }

    static func isDirectory(_ path: BytePath) -> Bool {
        guard let status = status(path) else { return false }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    /// The text of a symbolic link that names a container; `nil` for anything else.
    static func containerLink(_ path: String) -> ContainerID? {
        var buffer = [UInt8](repeating: 0, count: 128)
        let count = buffer.withUnsafeMutableBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.map { readlink(path, $0, 128) } ?? -1 }
        }
        return count == 64 ? ContainerID(String(decoding: buffer[..<count], as: UTF8.self)) : nil
    }

    /// lstat(2).
    static func status(_ path: String) -> stat? { status(BytePath(path)) }

    /// lstat(2).
    static func status(_ path: BytePath) -> stat? {
        var result = stat()
        return path.withCString { lstat($0, &result) } == 0 ? result : nil
    }

    /// The text of a symbolic link; nil for anything else.
    static func linkTarget(_ path: BytePath) -> BytePath? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = path.withCString { readlink($0, &buffer, buffer.count) }
        return count > 0 ? BytePath(buffer[..<count].map(UInt8.init(bitPattern:))) : nil
    }

    /// The names in a directory of the store, which are text, sorted by bytes; empty when there is no such directory.
    static func names(in path: String) throws(IOError) -> [String] {
        try names(in: BytePath(path)).map(\.text)
    }

    /// The names in a directory without `.` and `..`, sorted by bytes; empty when there is no such directory.
    static func names(in path: BytePath) throws(IOError) -> [BytePath] {
        guard let directory = path.withCString({ opendir($0) }) else {
            if errno == ENOENT { return [] }
            throw IOError(errno: errno, operation: "opendir", path: path.text)
        }
        defer { closedir(directory) }
        var names: [BytePath] = []
        while let entry = readdir(directory) {
            // d_name ends in a NUL inside its 256 bytes.
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { BytePath(Array($0.prefix { $0 != 0 })) }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}
