// SPDX-License-Identifier: Apache-2.0
import Glibc
import TarArchive

/// The local end of a copy.
public enum HostPath {
    /// docker, as the kernel's limit is of no use to people.
    private static let linkLimit = 10

    /// What is at an absolute path, whose last component is followed only with `followsLink`.
    public static func source(_ path: CopyPath, followsLink: Bool) throws(CopyError) -> CopySource {
        var resolved: String
        var alias: String?
        if followsLink {
            (resolved, alias) = path.rebased(try evaluate(path.text))
        } else {
            let split = path.text.lastIndex(of: "/").map { path.text.index(after: $0) } ?? path.text.startIndex
            let directory = try evaluate(String(path.text[..<split]))
            resolved = (directory == "/" ? "" : directory) + "/" + path.text[split...]
            let name = CopyPath.base(path.text)
            if path.endsInSeparator, name != CopyPath.base(resolved) { alias = name }
        }
        var status = stat()
        guard lstat(resolved, &status) == 0 else { throw failure("lstat", resolved) }
        return CopySource(
            path: CopyPath(resolved), isDirectory: status.st_mode & S_IFMT == S_IFDIR, alias: alias)
    }

    /// Where something can be written: links are followed, also one that leads nowhere yet.
    public static func destination(_ path: CopyPath) throws(CopyError) -> CopyDestination {
        var current = path
        var status = stat()
        var links = 0
        while lstat(current.text, &status) == 0 {
            guard status.st_mode & S_IFMT == S_IFLNK else {
                return CopyDestination(
                    path: current, exists: true, isDirectory: status.st_mode & S_IFMT == S_IFDIR)
            }
            links += 1
            guard links <= linkLimit, let target = Files.linkTarget(BytePath(current.text)) else {
                throw CopyError("too many symlinks in \(path.text)")
            }
            current = CopyPath(current.following(target.text))
        }
        guard errno == ENOENT else { throw failure("lstat", current.text) }
        guard stat(current.directory, &status) == 0 else { throw failure("stat", current.directory) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw .notADirectory }
        return CopyDestination(path: current)
    }

    /// docker's look at a destination before anything is read: its parent must exist, and it may be no device.
    public static func checkOutput(_ path: CopyPath) throws(CopyError) {
        let directory = CopyPath(path.cleaned).directory
        var status = stat()
        if stat(directory, &status) != 0, errno == ENOENT {
            throw CopyError("invalid output path: directory \"\(directory)\" does not exist")
        }
        guard stat(path.text, &status) == 0 else {
            if errno == ENOENT { return }
            throw failure("stat", path.text)
        }
        guard [S_IFCHR, S_IFBLK].contains(status.st_mode & S_IFMT) else { return }
        throw CopyError("invalid output path: \"\(path.text)\" must be a directory or a regular file: got a device")
    }

    /// Without links; the path must be there.
    private static func evaluate(_ path: String) throws(CopyError) -> String {
        if let resolved = realpath(path, nil) {
            defer { free(resolved) }
            return String(cString: resolved)
        }
        if errno == ENOTDIR { throw .notADirectory }
        let error = errno
        // Go names the component that is missing.
        var missing = ""
        for name in PathText.components(path) {
            missing += "/" + name
            if access(missing, F_OK) != 0 { break }
        }
        let target = Files.linkTarget(BytePath(missing))?.text
        errno = error
        throw failure("lstat", target.map { CopyPath(missing).following($0) } ?? missing)
    }

    private static func failure(_ operation: String, _ path: String) -> CopyError {
        let text = String(cString: strerror(errno))
        return CopyError("\(operation) \(path): \(text.prefix(1).lowercased() + text.dropFirst())")
    }
}
