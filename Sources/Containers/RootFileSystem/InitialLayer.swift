// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc
import TarArchive

/// A layer between the image and the writable one with the mount points that every container has, so that they are
/// neither in `diff` nor in a commit; docker's `-init` layer.
struct InitialLayer {
    let path: String
    let image: MergedDirectory

    private enum Kind {
        case directory, file
        case link(String)
    }

    private static let entries: [(path: String, kind: Kind)] = [
        ("/dev", .directory), ("/dev/console", .file), ("/dev/pts", .directory), ("/dev/shm", .directory),
        ("/.dockerenv", .file), ("/etc", .directory), ("/etc/hostname", .file), ("/etc/hosts", .file),
        ("/etc/mtab", .link("/proc/mounts")), ("/etc/resolv.conf", .file), ("/proc", .directory), ("/sys", .directory),
    ]

    func build() throws {
        try Files.makeDirectories(path, mode: 0o755)
        if let top = image.sources.first { try TreeCopier.copyAttributes(from: top, to: BytePath(path)) }
        for (name, kind) in Self.entries where image.lookup(BytePath(name)) == nil {
            guard try prepareParent(of: name) else { continue }
            try make(kind, at: path + name)
        }
    }

    /// An existing directory of the image shows through with the attributes it has there.
    ///
    /// - Returns: `false` when the image has something else there, a link for instance: then nothing is added.
    private func prepareParent(of name: String) throws -> Bool {
        let parent = PathText.parent(name)
        guard parent != "/", !Files.exists(path + parent) else { return true }
        guard let entry = image.lookup(BytePath(parent)), entry.isDirectory else { return false }
        try Files.makeDirectories(path + parent, mode: 0o755)
        try TreeCopier.copyAttributes(from: entry.path, to: BytePath(path + parent))
        return true
    }

    private func make(_ kind: Kind, at target: String) throws {
        switch kind {
        case .directory: try Files.makeDirectories(target, mode: 0o755)
        case .file: try Files.write("", to: target, mode: 0o755)
        case .link(let destination):
            guard symlink(destination, target) == 0 || errno == EEXIST else {
                throw IOError(errno: errno, operation: "symlink", path: target)
            }
        }
    }
}
