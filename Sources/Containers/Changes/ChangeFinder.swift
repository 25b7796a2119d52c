// SPDX-License-Identifier: Apache-2.0
import Glibc
import TarArchive

/// Compares a container's files with its image's by docker's rules, depth first and in lexical order.
///
/// A file is changed when mode, owner, device, size, time or file capability differ; a directory when mode or owner
/// differ, or when something in it changed. Of a deleted directory only its top is told.
struct ChangeFinder {
    /// The image's side.
    private let base: MergedDirectory
    /// The container's side: with an overlay, writable layer first.
    private let current: MergedDirectory
    /// The writable layer: what isn't in it cannot differ. `nil` compares everything.
    private let upper: BytePath?
    private var changes: [Change] = []

    static func changes(of root: RootFileSystem) throws -> [Change] {
        let upper = root.driver == .overlay ? BytePath(root.directory.upper) : nil
        var finder = ChangeFinder(base: root.base, current: root.current, upper: upper)
        try finder.compare(finder.base, finder.current, upper: finder.upper, path: "/")
        return finder.changes
    }

    private init(base: MergedDirectory, current: MergedDirectory, upper: BytePath?) {
        self.base = base
        self.current = current
        self.upper = upper
    }

    private mutating func compare(
        _ old: MergedDirectory?, _ new: MergedDirectory?, upper: BytePath?, path: BytePath
    ) throws {
        var names = Set(try upper.map { try Files.names(in: $0) } ?? new?.entries().map(\.name) ?? [])
        // An opaque or a replaced directory hides names that are not in the writable layer.
        let hidesLower = upper.map { MergedDirectory.isOpaque($0) } ?? true
        if hidesLower || new == nil { names.formUnion(try old?.entries().map(\.name) ?? []) }
        for name in names.sorted() {
            try compareEntry(
                old?.entry(name), new?.entry(name), upper: upper?.appending(name), path: path.appending(name)
            )
        }
    }

    private mutating func compareEntry(
        _ old: MergedDirectory.Entry?, _ new: MergedDirectory.Entry?, upper: BytePath?, path: BytePath
    ) throws {
        guard let new else {
            if old != nil { changes.append(Change(path: path, kind: .deleted)) }
            return
        }
        let position = changes.count
        var isListed = true
        if let old {
            isListed = Self.differ(old, new)
            if isListed { changes.append(Change(path: path, kind: .modified)) }
        } else {
            changes.append(Change(path: path, kind: .added))
        }
        let before = changes.count
        guard new.isDirectory || old?.isDirectory == true else { return }
        let inUpper = upper.map { Files.isDirectory($0) } ?? false
        try compare(
            old?.children, new.isDirectory ? new.children : nil, upper: inUpper ? upper : nil, path: path
        )
        if changes.count > before, !isListed {
            changes.insert(Change(path: path, kind: .modified), at: position)
        }
    }

    private static func differ(_ old: MergedDirectory.Entry, _ new: MergedDirectory.Entry) -> Bool {
        let (a, b) = (old.status, new.status)
        if a.st_mode != b.st_mode || a.st_uid != b.st_uid || a.st_gid != b.st_gid || a.st_rdev != b.st_rdev {
            return true
        }
        if ExtendedAttributes.value("security.capability", of: old.path)
            != ExtendedAttributes.value("security.capability", of: new.path)
        {
            return true
        }
        if new.isDirectory { return false }
        return a.st_size != b.st_size || !sameTime(a.st_mtim, b.st_mtim)
    }

    /// Some archives keep whole seconds only, so a zero fraction on either side matches any.
    private static func sameTime(_ a: timespec, _ b: timespec) -> Bool {
        a.tv_sec == b.tv_sec && (a.tv_nsec == b.tv_nsec || a.tv_nsec == 0 || b.tv_nsec == 0)
    }
}
