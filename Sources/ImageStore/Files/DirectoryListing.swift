// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc

/// The names in a directory, without `.` and `..`.
enum DirectoryListing {
    /// Sorted bytewise; empty when the directory does not exist.
    static func names(in path: String) throws -> [String] {
        guard let stream = opendir(path) else {
            let error = errno
            if error == ENOENT { return [] }
            throw IOError(errno: error, operation: "open", path: path)
        }
        defer { closedir(stream) }
        var names: [String] = []
        errno = 0
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
            errno = 0
        }
        let error = errno
        guard error == 0 else { throw IOError(errno: error, operation: "readdir", path: path) }
        return names.sorted()
    }
}
