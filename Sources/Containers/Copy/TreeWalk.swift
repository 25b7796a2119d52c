// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc
import TarArchive

/// Gives a file, or a directory with all that is in it, as entries of an archive.
///
/// Every directory is entered through the descriptor of its parent, and never through a link: a running container may
/// swap one for a link while it is walked (CVE-2018-15664).
struct TreeWalk {
    /// What lies over the tree: host paths by their place in the container.
    let mounts: [BytePath: String]
    private var writer: LayerWriter

    init(mounts: [BytePath: String] = [:], into sink: any EntrySink) {
        self.mounts = mounts
        writer = LayerWriter(roots: [], into: sink)
    }

    mutating func finish() throws {
        try writer.finish()
    }

    /// Adds the entry `name` of an open directory.
    /// - Parameters:
    ///   - path: its name in the archive.
    ///   - place: its path in the container.
    mutating func add(_ name: BytePath, in directory: borrowing OwnedFD, as path: BytePath, at place: BytePath) throws {
        if let mounted = mounts[place] {
            let source = BytePath(mounted)
            let parent = try OwnedFD(opening: source.parent, flags: O_RDONLY | O_DIRECTORY)
            return try addEntry(source.name ?? ".", in: parent, as: path, at: place)
        }
        try addEntry(name, in: directory, as: path, at: place)
    }

    private mutating func addEntry(
        _ name: BytePath, in directory: borrowing OwnedFD, as path: BytePath, at place: BytePath
    ) throws {
        let parent = directory.rawValue
        let base = BytePath("/proc/self/fd/\(parent)")
        let source = base.appending(name)
        guard let status = Files.status(source) else { return }
        try writer.add(path, from: source, status, beneath: base)
        guard status.st_mode & S_IFMT == S_IFDIR else { return }
        let descriptor = name.withCString { openat(parent, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
        guard descriptor >= 0 else {
            // It has gone, or become something else.
            if [ENOENT, ENOTDIR, ELOOP].contains(errno) { return }
            throw IOError(errno: errno, operation: "open", path: place.text)
        }
        let child = OwnedFD(adopting: descriptor)
        for entry in try Files.names(in: BytePath("/proc/self/fd/\(child.rawValue)")) {
            try add(entry, in: child, as: path.appending(entry), at: place.appending(entry))
        }
    }
}
