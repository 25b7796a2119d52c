// SPDX-License-Identifier: Apache-2.0
import ByteStreams
public import Glibc

/// A file that takes its name only once it is complete and on the disk. What is there under the name stays until then;
/// letting go without `commit` leaves nothing behind, and where the file system has files without names (`O_TMPFILE`)
/// neither does a kill.
public final class AtomicFile {
    private let path: String
    private let file: OwnedFD
    /// What the file is called now; nil while it has no name, and once it has its own.
    private var temporaryPath: String?

    /// - Parameter mode: 0600 is what docker gives archives.
    /// - Throws: ``EngineError`` with docker's text when the path can't be written to.
    public init(_ path: String, mode: mode_t = 0o600) throws {
        try Self.check(path)
        self.path = path
        let nameless = open(Self.directory(of: path), Self.temporaryFile | O_WRONLY | O_CLOEXEC, 0o600)
        if nameless >= 0 {
            file = OwnedFD(adopting: nameless)
        } else {
            var template = Array(Self.temporaryPath(for: path, suffix: "XXXXXX").utf8CString)
            let descriptor = mkstemp(&template)
            guard descriptor >= 0 else { throw IOError(errno: errno, operation: "open", path: path) }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            file = OwnedFD(adopting: descriptor)
            temporaryPath = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        guard mode == 0o600 || fchmod(file.rawValue, mode) == 0 else {
            throw IOError(errno: errno, operation: "chmod", path: path)
        }
    }

    deinit {
        if let temporaryPath { unlink(temporaryPath) }
    }

    public func write(_ bytes: UnsafeRawBufferPointer) throws {
        try file.write(bytes)
    }

    /// Gives the file its name. Without the first sync a crash could leave the name on an empty file, without the second
    /// the old content under it.
    public func commit() throws {
        try file.sync()
        let temporaryPath = try temporaryPath ?? nameFile()
        guard rename(temporaryPath, path) == 0 else { throw IOError(errno: errno, operation: "rename", path: path) }
        self.temporaryPath = nil
        try OwnedFD(opening: Self.directory(of: path), flags: O_RDONLY | O_DIRECTORY).sync()
    }

    /// Gives the file without a name one for the rename: linkat(2) replaces nothing.
    private func nameFile() throws -> String {
        let name = Self.temporaryPath(for: path, suffix: String(UInt64.random(in: 0 ... .max), radix: 36))
        guard linkat(AT_FDCWD, "/proc/self/fd/\(file.rawValue)", AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0 else {
            throw IOError(errno: errno, operation: "link", path: path)
        }
        temporaryPath = name
        return name
    }

    /// `O_TMPFILE` of asm-generic/fcntl.h, which Swift can't import.
    private static let temporaryFile: Int32 = 0o20_000_000 | O_DIRECTORY

    private static func temporaryPath(for path: String, suffix: String) -> String {
        "\(directory(of: path))/.tmp-\(lastComponent(of: path))-\(suffix)"
    }

    /// The directory must be there, and what has the name already must be a regular file; a link isn't followed, since
    /// the rename would replace it.
    private static func check(_ path: String) throws {
        var status = stat()
        let directory = directory(of: path)
        if stat(directory, &status) != 0 { throw invalidDirectory(directory, errno) }
        if status.st_mode & S_IFMT != S_IFDIR { throw invalidDirectory(directory, ENOTDIR) }
        guard lstat(path, &status) == 0, let kind = irregularKind(status.st_mode) else { return }
        throw EngineError("cannot write to \(kind)", phase: .stream)
    }

    private static func invalidDirectory(_ directory: String, _ number: Int32) -> EngineError {
        let cause = IOError(errno: number, operation: "stat", path: directory)
        return EngineError("invalid output path: \(cause)", phase: .stream)
    }

    /// What stands in the way of a file; nil for a file.
    private static func irregularKind(_ mode: mode_t) -> String? {
        switch mode & S_IFMT {
        case S_IFDIR: "a directory"
        case S_IFLNK: "a symbolic link directly"
        case S_IFIFO: "a named pipe (FIFO)"
        case S_IFSOCK: "a socket"
        case S_IFCHR: "a character device file"
        case S_IFBLK: "a block device file"
        default: nil
        }
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func lastComponent(of path: String) -> Substring {
        path.utf8.lastIndex(of: UInt8(ascii: "/")).map { path[path.utf8.index(after: $0)...] } ?? path[...]
    }
}
