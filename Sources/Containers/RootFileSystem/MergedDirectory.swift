// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import TarArchive

/// A directory as an overlay of layer trees shows it, read without mounting anything: entries of upper layers hide
/// lower ones, whiteouts (character device 0:0) remove them, opaque directories cut off what is below.
struct MergedDirectory {
    struct Entry {
        let name: BytePath
        /// Host path of the entry that is seen.
        let path: BytePath
        let status: stat
        /// What lies beneath, when the entry is a directory.
        let children: MergedDirectory?

        var isDirectory: Bool { status.st_mode & S_IFMT == S_IFDIR }
    }

    /// The real directories that make up this one, topmost first.
    let sources: [BytePath]

    init(sources: [BytePath]) {
        self.sources = sources
    }

    /// - Parameter sources: directories of the store.
    init(sources: [String]) {
        self.init(sources: sources.map { BytePath($0) })
    }

    /// All entries, sorted by name.
    func entries() throws -> [Entry] {
        var names: Set<BytePath> = []
        for source in sources { names.formUnion(try Files.names(in: source)) }
        return names.sorted().compactMap(entry)
    }

    /// The entry called `name`; `nil` when there is none or it is whited out.
    func entry(_ name: BytePath) -> Entry? {
        var found: (path: BytePath, status: stat)?
        var below: [BytePath] = []
        for source in sources {
            let path = source.appending(name)
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
    func lookup(_ path: BytePath) -> Entry? {
        var directory = self
        var result: Entry?
        for component in path.components {
            guard let entry = directory.entry(component) else { return nil }
            result = entry
            directory = entry.children ?? MergedDirectory(sources: [BytePath]())
        }
        return result
    }

    /// The status of this directory, for `/`, or of the entry at a cleaned path beneath it.
    func status(of path: BytePath) -> stat? {
        path == "/" ? sources.first.flatMap(Files.status) : lookup(path)?.status
    }

    static func isWhiteout(_ status: stat) -> Bool {
        status.st_mode & S_IFMT == S_IFCHR && status.st_rdev == 0
    }

    static func isOpaque(_ path: BytePath) -> Bool {
        ["trusted.overlay.opaque", "user.overlay.opaque"].contains { name in
            var value = [UInt8](repeating: 0, count: 4)
            let count = path.withCString { clinux_get_xattr($0, name, &value, value.count) }
            return count == 1 && value[0] == UInt8(ascii: "y")
        }
    }
}
