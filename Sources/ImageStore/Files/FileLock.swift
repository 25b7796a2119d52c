// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc

/// A flock(2) on a file of the store, released when the value goes away or its process dies.
///
/// Lock order: collector → layer → index → SQLite's write lock. The locks of `ingest/` and `leases/` are only ever
/// tried, never waited for, so they take no part in the order. No lock but those two is held across network I/O.
struct FileLock: ~Copyable, Sendable {
    enum Mode { case shared, exclusive }

    private let file: OwnedFD

    init(adopting file: consuming OwnedFD) {
        self.file = file
    }

    /// Takes the lock if it is free; nil when somebody has it. The file is created when needed.
    static func attempt(_ path: String, _ mode: Mode, files: FileOperations) throws -> FileLock? {
        while true {
            let file = try open(path, files)
            guard try lock(file, mode, path: path) else { return nil }
            // A file of `ingest/` may have been swept between open and flock: then the lock is on a dead inode.
            if isCurrent(file, path) { return FileLock(adopting: file) }
        }
    }

    /// Waits for the lock up to `timeout`, then throws `StoreError.lockTimeout` with the holder's name.
    static func acquire(
        _ path: String, _ mode: Mode, timeout: Duration, files: FileOperations
    ) throws -> FileLock {
        let deadline = ContinuousClock.now + timeout
        var pause: UInt32 = 200
        while true {
            let file = try open(path, files)
            if try lock(file, mode, path: path) {
                if isCurrent(file, path) { return FileLock(adopting: file) }
                continue
            }
            guard ContinuousClock.now < deadline else {
                throw StoreError.lockTimeout(path: path, holder: holder(of: file), waited: timeout)
            }
            usleep(pause)
            pause = min(pause * 2, 20_000)
        }
    }

    /// The process that holds the lock on `path`, if it can be told.
    static func holder(of path: String) -> LockHolder? {
        guard let file = try? OwnedFD(opening: path, flags: O_RDONLY) else { return nil }
        return holder(of: file)
    }

    private static func holder(of file: borrowing OwnedFD) -> LockHolder? {
        guard let status = try? file.status() else { return nil }
        return LockHolder.find(device: status.st_dev, inode: status.st_ino)
    }

    private static func open(_ path: String, _ files: FileOperations) throws -> OwnedFD {
        do {
            return try OwnedFD(opening: path, flags: O_RDWR | O_NOFOLLOW)
        } catch  where error.errno == ENOENT {
            return try files.create(path)
        }
    }

    private static func lock(_ file: borrowing OwnedFD, _ mode: Mode, path: String) throws -> Bool {
        while flock(file.rawValue, (mode == .shared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0 {
            let error = errno
            if error == EWOULDBLOCK { return false }
            guard error == EINTR else { throw IOError(errno: error, operation: "flock", path: path) }
        }
        return true
    }

    private static func isCurrent(_ file: borrowing OwnedFD, _ path: String) -> Bool {
        var named = stat()
        guard let locked = try? file.status(), stat(path, &named) == 0 else { return false }
        return locked.st_ino == named.st_ino && locked.st_dev == named.st_dev
    }
}
