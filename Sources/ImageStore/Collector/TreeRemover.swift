// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc

/// Deletes a directory tree without following links, and adds up the sizes of the files that are really gone.
///
/// Works through directory descriptors, so a path deeper than PATH_MAX is no obstacle, and gives itself permission on
/// directories that an image made read-only.
struct TreeRemover {
    private(set) var bytes: Int64 = 0
    /// Only adds up what a removal would free.
    private let isRehearsal: Bool
    /// Files with several names that were added up already.
    private var counted: Set<ino_t> = []

    init(isRehearsal: Bool = false) {
        self.isRehearsal = isRehearsal
    }

    /// A tree or file that is not there is fine.
    mutating func remove(_ path: String) throws(IOError) {
        try remove(path, in: AT_FDCWD, root: path)
    }

    private mutating func remove(_ name: UnsafePointer<CChar>, in directory: Int32, root: String) throws(IOError) {
        var status = stat()
        guard fstatat(directory, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
            guard errno == ENOENT else { throw IOError(errno: errno, operation: "stat", path: root) }
            return
        }
        let kind = status.st_mode & S_IFMT
        if kind == S_IFDIR {
            try removeEntries(of: name, in: directory, root: root)
        } else if kind == S_IFREG || kind == S_IFLNK, isLastName(status) {
            bytes += Int64(status.st_size)
        }
        if isRehearsal { return }
        guard unlinkat(directory, name, kind == S_IFDIR ? AT_REMOVEDIR : 0) == 0 || errno == ENOENT else {
            throw IOError(errno: errno, operation: "unlink", path: root)
        }
    }

    /// A file with several names is counted when the last of them goes.
    private mutating func isLastName(_ status: stat) -> Bool {
        guard isRehearsal else { return status.st_nlink == 1 }
        return status.st_nlink == 1 || counted.insert(status.st_ino).inserted
    }

    private mutating func removeEntries(
        of name: UnsafePointer<CChar>, in parent: Int32, root: String
    ) throws(IOError) {
        let descriptor = try open(name, in: parent, root: root)
        guard let stream = fdopendir(descriptor) else {
            let error = errno
            close(descriptor)
            throw IOError(errno: error, operation: "open", path: root)
        }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            // Names of an image's files need not be UTF-8, so they stay C strings; valid until the next readdir.
            guard let field = entry.pointer(to: \.d_name) else { continue }
            let child = UnsafeRawPointer(field).assumingMemoryBound(to: CChar.self)
            if strcmp(child, ".") == 0 || strcmp(child, "..") == 0 { continue }
            try remove(child, in: descriptor, root: root)
        }
    }

    private func open(_ name: UnsafePointer<CChar>, in parent: Int32, root: String) throws(IOError) -> Int32 {
        let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
        var descriptor = openat(parent, name, flags)
        if descriptor < 0, errno == EACCES, !isRehearsal, fchmodat(parent, name, 0o700, 0) == 0 {
            descriptor = openat(parent, name, flags)
        }
        guard descriptor >= 0 else { throw IOError(errno: errno, operation: "open", path: root) }
        // Deleting needs write permission on the directory; root does without.
        if !isRehearsal, geteuid() != 0 { fchmod(descriptor, 0o700) }
        return descriptor
    }
}
