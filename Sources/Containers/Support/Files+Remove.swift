// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

extension Files {
    /// rm -rf that never follows a symbolic link and never leaves the tree: it works by directory descriptors, so a
    /// container that renames directories meanwhile cannot lead it astray. Nothing there is no error.
    static func removeTree(_ path: String) throws(IOError) {
        let name = path.utf8CString
        guard let errno = name.withUnsafeBufferPointer({ removeEntry($0, in: AT_FDCWD) }) else { return }
        throw IOError(errno: errno, operation: "remove", path: path)
    }

    /// - Returns: the error number, or `nil` when the entry is gone.
    private static func removeEntry(_ name: UnsafeBufferPointer<CChar>, in directory: Int32) -> Int32? {
        guard let name = name.baseAddress else { return EINVAL }
        if unlinkat(directory, name, 0) == 0 || errno == ENOENT { return nil }
        guard errno == EISDIR || errno == EPERM else { return errno }
        let descriptor = openat(directory, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return errno == ENOENT ? nil : errno }
        if let error = removeContents(of: descriptor) { return error }
        return unlinkat(directory, name, AT_REMOVEDIR) == 0 || errno == ENOENT ? nil : errno
    }

    /// Takes over `descriptor`.
    private static func removeContents(of descriptor: Int32) -> Int32? {
        guard let stream = fdopendir(descriptor) else {
            close(descriptor)
            return EIO
        }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            // Names are bytes: a String made from them would not survive invalid UTF-8.
            var name = withUnsafeBytes(of: &entry.pointee.d_name) {
                $0.prefix { $0 != 0 }.map { CChar(bitPattern: $0) }
            }
            if name == [0x2E] || name == [0x2E, 0x2E] { continue }
            name.append(0)
            if let error = name.withUnsafeBufferPointer({ removeEntry($0, in: dirfd(stream)) }) { return error }
        }
        return nil
    }
}
