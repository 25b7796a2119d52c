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

    /// As docker, puts a file or link anew, whatever the image has in its place, and replaces what is no directory on
    /// the way there.
    func build() throws {
        try Files.makeDirectories(path, mode: 0o755)
        if let top = image.sources.first { try TreeCopier.copyAttributes(from: top, to: BytePath(path)) }
        for (name, kind) in Self.entries where image.lookup(BytePath(name))?.isDirectory != true {
            try prepareParent(of: name)
            try make(kind, at: path + name)
        }
    }

    /// An existing directory of the image shows through with the attributes it has there.
    private func prepareParent(of name: String) throws {
        let parent = PathText.parent(name)
        guard parent != "/", !Files.exists(path + parent) else { return }
        try Files.makeDirectories(path + parent, mode: 0o755)
        guard let entry = image.lookup(BytePath(parent)), entry.isDirectory else { return }
        try TreeCopier.copyAttributes(from: entry.path, to: BytePath(path + parent))
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
