// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

/// Deletions (OCI image spec, layer.md, "Whiteouts"): they concern what lower layers have, never the layer's own
/// entries, whichever comes first in the archive.
extension LayerUnpacker {
    mutating func applyWhiteout(
        _ entry: TarEntry, _ name: ArraySlice<UInt8>, _ components: [ArraySlice<UInt8>]
    ) throws {
        if name.elementsEqual(TarPath.opaqueMarker) { return try applyOpaque(components) }
        // .wh..wh.aufs, .wh..wh.plnk: records of aufs itself, which docker skips too.
        if name.starts(with: TarPath.whiteoutPrefix + TarPath.whiteoutPrefix) { return }
        let target = name.dropFirst(TarPath.whiteoutPrefix.count)
        guard !target.isEmpty, !target.elementsEqual([0x2E]), !target.elementsEqual([0x2E, 0x2E]) else {
            throw UnpackError.invalidWhiteout(path: entry.displayPath)
        }
        switch options.form {
        case .overlay:
            let parent = try enterParent(components)
            try placeWhiteout(target, in: parent)
        case .flat:
            guard let parent = try existingParent(components) else { return }
            try delete(target, in: parent, path: cursor.path)
        }
    }

    private mutating func placeWhiteout(_ target: ArraySlice<UInt8>, in parent: DirectoryHandle) throws {
        do throws(IOError) {
            try parent.makeNode(target, type: S_IFCHR, mode: 0)
        } catch {
            guard error.errno == EEXIST else { throw error }
            // The layer has its own: a file hides the lower one anyhow, a directory must do so whole.
            let status = try parent.status(target)
            if status.st_mode & S_IFMT == S_IFDIR { try maker.makeOpaque(parent, target) }
        }
    }

    private mutating func applyOpaque(_ components: [ArraySlice<UInt8>]) throws {
        if let xattr = options.opaqueXattr {
            let directory = try enterParent(components)
            return try maker.makeOpaque(directory, xattr)
        }
        guard let directory = try existingParent(components) else { return }
        try deleteUntouched(in: directory, path: cursor.path)
    }

    /// The directory of a deletion in a merged tree; where there is none there is nothing to delete.
    private mutating func existingParent(_ components: [ArraySlice<UInt8>]) throws -> DirectoryHandle? {
        do {
            return try cursor.enter(components.dropLast())
        } catch let error as IOError where error.errno == ENOENT || error.errno == ENOTDIR {
            return nil
        }
    }

    private mutating func delete(_ target: ArraySlice<UInt8>, in parent: DirectoryHandle, path: [UInt8]) throws {
        guard let status = try parent.statusIfPresent(target) else { return }
        let full = Self.join(path, target)
        guard touched.contains(full) else {
            try parent.removeAll(target)
            linkCursor.reset()
            return
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { return }
        let directory = OwnedFD(adopting: try parent.openDirectory(target))
        try deleteUntouched(in: DirectoryHandle(fd: directory.rawValue), path: full)
    }

    /// Empties a directory of everything that is not the layer's own.
    private mutating func deleteUntouched(in directory: DirectoryHandle, path: [UInt8]) throws {
        for name in try directory.list() { try delete(name[...], in: directory, path: path) }
    }

    /// Notes an entry and its parents as the layer's own, under the path that links resolve to.
    mutating func touch(_ components: [ArraySlice<UInt8>]) {
        guard case .flat = options.form, let name = components.last else { return }
        var path = cursor.path
        var (isNew, _) = touched.insert(Self.join(path, name))
        while isNew, let slash = path.lastIndex(of: UInt8(ascii: "/")) {
            isNew = touched.insert(path).inserted
            path = Array(path[..<slash])
        }
        if !path.isEmpty { touched.insert(path) }
    }

    private static func join(_ path: [UInt8], _ name: ArraySlice<UInt8>) -> [UInt8] {
        path.isEmpty ? Array(name) : path + [UInt8(ascii: "/")] + name
    }
}
