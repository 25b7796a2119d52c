// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc

/// What lstat(2) says of a file, as far as the store asks.
struct FileStatus {
    let size: Int64
    let isRegular: Bool
    let isDirectory: Bool
    let owner: UInt32
    /// Last change of the content, seconds since 1970.
    let modified: Int64

    /// Nil when there is no such file.
    static func of(_ path: String) throws -> FileStatus? {
        var status = stat()
        guard lstat(path, &status) != 0 else { return FileStatus(status) }
        let error = errno
        if error == ENOENT || error == ENOTDIR { return nil }
        throw IOError(errno: error, operation: "stat", path: path)
    }

    init(_ status: stat) {
        size = Int64(status.st_size)
        isRegular = status.st_mode & S_IFMT == S_IFREG
        isDirectory = status.st_mode & S_IFMT == S_IFDIR
        owner = status.st_uid
        modified = Int64(status.st_mtim.tv_sec)
    }
}
