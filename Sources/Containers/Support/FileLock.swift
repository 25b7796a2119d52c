// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

/// flock(2) on a file, held while a closure runs; the kernel frees it when the process dies.
enum FileLock {
    enum Mode {
        case shared, exclusive
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
