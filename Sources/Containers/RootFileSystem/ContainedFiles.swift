// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc
import TarArchive

/// Access to files beneath a container's root, resolved by the kernel as if that root were `/` (openat2(2),
/// RESOLVE_IN_ROOT): links, absolute or not, cannot lead outside, and magic links are refused.
struct ContainedFiles: ~Copyable {
    private let root: OwnedFD

    init(root path: String) throws(IOError) {
        root = try OwnedFD(opening: path, flags: Int32(CLINUX_O_PATH) | O_DIRECTORY)
    }

    /// Opens `path`; relative to the root, with or without a leading slash.
    func open(_ path: BytePath, flags: Int32, mode: mode_t = 0o644) throws(IOError) -> OwnedFD {
        let directory = root.rawValue
        let descriptor = path.withCString { clinux_open_in_root(directory, $0, flags, mode) }
        guard descriptor >= 0 else { throw IOError(errno: errno, operation: "open", path: path.text) }
        return OwnedFD(adopting: descriptor)
    }

    /// Up to `limit` bytes of a regular file; empty when there is none.
    ///
    /// What is not a regular file is never read: an image's /etc/passwd may be a FIFO or a device (CVE-2024-9676).
    func read(_ path: BytePath, limit: Int) throws(IOError) -> [UInt8] {
        let file: OwnedFD
        do {
            file = try open(path, flags: O_RDONLY | O_NONBLOCK | O_NOCTTY)
        } catch {
            if [ENOENT, ENOTDIR, ELOOP, ENXIO].contains(error.errno) { return [] }
            throw error
        }
        guard try file.status().st_mode & S_IFMT == S_IFREG else { return [] }
        var bytes = [UInt8](repeating: 0, count: limit)
        var count = 0
        while count < limit {
            let descriptor = file.rawValue
            let received = bytes.withUnsafeMutableBytes { buffer in
                buffer.baseAddress.map { Glibc.read(descriptor, $0 + count, limit - count) } ?? 0
            }
            if received < 0 { throw IOError(errno: errno, operation: "read", path: path.text) }
            if received == 0 { break }
            count += received
        }
        return Array(bytes[..<count])
    }

    /// mkdir -p beneath the root; existing parents are followed, and kept as they are.
    ///
    /// - Returns: whether the last directory was made.
    @discardableResult
    func makeDirectories(_ path: BytePath, mode: mode_t = 0o755) throws(IOError) -> Bool {
        var current: BytePath = "/"
        var made = false
        for name in path.components {
            let parent = try open(current, flags: O_RDONLY | O_DIRECTORY)
            let descriptor = parent.rawValue
            made = name.withCString { mkdirat(descriptor, $0, mode) } == 0
            guard made || errno == EEXIST else { throw IOError(errno: errno, operation: "mkdir", path: path.text) }
            current = current.appending(name)
        }
        return made
    }

    /// lstat(2) of an entry beneath the root; `nil` when it isn't there.
    func status(_ path: BytePath) -> stat? {
        guard let file = try? open(path, flags: Int32(CLINUX_O_PATH) | O_NOFOLLOW) else { return nil }
        return try? file.status()
    }
}
