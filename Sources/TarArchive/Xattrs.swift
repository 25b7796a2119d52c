// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc

/// Reading extended attributes of an open file.
enum Xattrs {
    /// XATTR_LIST_MAX and XATTR_SIZE_MAX of the kernel.
    private static let maxSize = 65_536

    /// The names; none where the file system has no such thing.
    static func list(_ fd: Int32) throws(IOError) -> [[UInt8]] {
        // Nearly all files have none, which a call without a buffer tells.
        let size = flistxattr(fd, nil, 0)
        if size == 0 { return [] }
        var buffer = [CChar](repeating: 0, count: maxSize)
        let count = size < 0 ? size : flistxattr(fd, &buffer, buffer.count)
        guard count >= 0 else {
            guard errno != ENOTSUP else { return [] }
            throw IOError(errno: errno, operation: "listxattr")
        }
        return buffer[..<count].split(separator: 0).map { $0.map { UInt8(bitPattern: $0) } }
    }

    /// The value of an attribute; nil when it is gone.
    static func value(_ fd: Int32, _ name: [UInt8]) throws(IOError) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: maxSize)
        let count = fgetxattr(fd, DirectoryHandle.cString(name[...]), &buffer, buffer.count)
        guard count >= 0 else {
            guard errno != ENODATA else { return nil }
            throw IOError(errno: errno, operation: "getxattr")
        }
        return Array(buffer[..<count])
    }
}
