// SPDX-License-Identifier: Apache-2.0
public import Glibc

/// The only owner of an open file descriptor; closes it when it goes out of scope.
///
/// Every descriptor is opened close-on-exec. `close()` reports the error that `deinit` has to swallow, so a writer that
/// cares about its data calls `sync()` and `close()`.
public struct OwnedFD: ~Copyable, Sendable {
    public let rawValue: Int32

    /// Takes over a descriptor that is already open; nobody else may close it.
    public init(adopting rawValue: Int32) {
        self.rawValue = rawValue
    }

    /// `openat(2)` with `O_CLOEXEC`; `path` is relative to `directory`, or to the working directory when nil.
    public init(
        opening path: String, flags: Int32, mode: mode_t = 0o600, in directory: borrowing OwnedFD
    ) throws(IOError) {
        self.rawValue = try Self.open(path, flags: flags, mode: mode, at: directory.rawValue)
    }

    /// `open(2)` with `O_CLOEXEC`.
    public init(opening path: String, flags: Int32, mode: mode_t = 0o600) throws(IOError) {
        self.rawValue = try Self.open(path, flags: flags, mode: mode, at: AT_FDCWD)
    }

    deinit {
        _ = Glibc.close(rawValue)
    }

    /// Closes the descriptor and reports what the kernel says about it (a late `EIO` or `ENOSPC`).
    public consuming func close() throws(IOError) {
        let fd = rawValue
        discard self
        // close(2): on EINTR Linux has released the descriptor, so it must not be tried again.
        guard Glibc.close(fd) == 0 || errno == EINTR else { throw IOError(errno: errno, operation: "close") }
    }

    /// Gives the descriptor away without closing it.
    public consuming func release() -> Int32 {
        let fd = rawValue
        discard self
        return fd
    }

    /// A second descriptor for the same open file, close-on-exec.
    public borrowing func duplicate() throws(IOError) -> OwnedFD {
        let copy = fcntl(rawValue, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { throw IOError(errno: errno, operation: "dup") }
        return OwnedFD(adopting: copy)
    }

    private static func open(_ path: String, flags: Int32, mode: mode_t, at directory: Int32) throws(IOError) -> Int32 {
        while true {
            let fd = Glibc.openat(directory, path, flags | O_CLOEXEC, mode)
            if fd >= 0 { return fd }
            let error = errno
            guard error == EINTR else { throw IOError(errno: error, operation: "open", path: path) }
        }
    }
}
