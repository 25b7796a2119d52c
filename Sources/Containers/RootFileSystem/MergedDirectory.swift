// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// A directory as an overlay of layer trees shows it, read without mounting anything: entries of upper layers hide
/// lower ones, whiteouts (character device 0:0) remove them, opaque directories cut off what is below.
struct MergedDirectory {
    struct Entry {
        let name: String
        /// Host path of the entry that is seen.
        let path: String
        let status: stat
        /// What lies beneath, when the entry is a directory.
        let children: MergedDirectory?

        var isDirectory: Bool { status.st_mode & S_IFMT == S_IFDIR }
    }

    /// The real directories that make up this one, topmost first.
    let sources: [String]

    /// All entries, sorted by name.
    func entries() throws -> [Entry] {
        var names: Set<String> = []
        for source in sources { names.formUnion(try Files.names(in: source)) }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.compactMap(entry)
    }

    /// The entry called `name`; `nil` when there is none or it is whited out.
    func entry(_ name: String) -> Entry? {
        var found: (path: String, status: stat)?
        var below: [String] = []
        for source in sources {
            let path = source + "/" + name
            guard let status = Files.status(path) else { continue }
            let isDirectory = status.st_mode & S_IFMT == S_IFDIR
            if found == nil {
                if Self.isWhiteout(status) { return nil }
                found = (path, status)
            } else if !isDirectory {
                break
            }
            guard isDirectory else { break }
            below.append(path)
            if Self.isOpaque(path) { break }
        }
        guard let found else { return nil }
        return Entry(
            name: name, path: found.path, status: found.status,
            children: below.isEmpty ? nil : MergedDirectory(sources: below)
        )
    }

    /// The entry at a cleaned path beneath this directory, following nothing.
    func lookup(_ path: String) -> Entry? {
        var directory = self
        var result: Entry?
        for component in PathText.components(path) {
            guard let entry = directory.entry(component) else { return nil }
            result = entry
            directory = entry.children ?? MergedDirectory(sources: [])
        }
        return result
    }

    /// The status of this directory, for `/`, or of the entry at a cleaned path beneath it.
    func status(of path: String) -> stat? {
        path == "/" ? sources.first.flatMap(Files.status) : lookup(path)?.status
    }

    static func isWhiteout(_ status: stat) -> Bool {
        status.st_mode & S_IFMT == S_IFCHR && status.st_rdev == 0
    }

    static func isOpaque(_ path: String) -> Bool {
        ["trusted.overlay.opaque", "user.overlay.opaque"].contains { name in
            var value = [UInt8](repeating: 0, count: 4)
            return clinux_get_xattr(path, name, &value, value.count) == 1 && value[0] == UInt8(ascii: "y")
        }
    }
}
