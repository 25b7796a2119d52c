// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

/// flock(2) on a file, held while a closure runs; the kernel frees it when the process dies.
enum FileLock {
    enum Mode {
        case shared, exclusive
    }

    /// Opens the directory at `path` and locks it exclusively, for as long as the descriptor is open; nil when another
    /// process holds the lock.
    static func directory(_ path: String) throws(IOError) -> OwnedFD? {
        let directory = try OwnedFD(opening: path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
        if flock(directory.rawValue, LOCK_EX | LOCK_NB) == 0 { return directory }
        guard errno == EWOULDBLOCK else { throw IOError(errno: errno, operation: "lock", path: path) }
        return nil
    }

    /// Runs `body` under the lock of the file at `path`, which is created when it is missing.
    ///
    /// - Throws: `IOError` with `ENOENT` when the file was removed while waiting: what it protected is gone.
    static func holding<Result>(_ path: String, _ mode: Mode, _ body: () throws -> Result) throws -> Result {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw IOError(errno: errno, operation: "open", path: path) }
        defer { close(descriptor) }
        while flock(descriptor, mode == .shared ? LOCK_SH : LOCK_EX) != 0 {
            let error = errno
            guard error == EINTR else { throw IOError(errno: error, operation: "lock", path: path) }
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_nlink > 0 else {
            throw IOError(errno: ENOENT, operation: "lock", path: path)
        }
        return try body()
    }
}
