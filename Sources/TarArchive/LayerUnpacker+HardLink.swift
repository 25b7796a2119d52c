// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

extension LayerUnpacker {
    /// Gives a file of this layer another name, or copies one that only a lower layer has.
    mutating func applyHardLink(
        _ entry: TarEntry, target: [UInt8], _ name: ArraySlice<UInt8>, in parent: DirectoryHandle
    ) throws {
        // Absolute targets are the layer's own root, as kaniko writes them.
        guard !TarPath.escapes(target) else {
            throw UnpackError.breakout(path: entry.displayPath, target: String(decoding: target, as: UTF8.self))
        }
        let components = TarPath.components(target)
        guard let source = components.last else { throw bad(entry, target, "it is the root") }
        guard let (directory, status) = try findTarget(components, source) else {
            return try copyFromLower(entry, target: target, components, name, in: parent)
        }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw bad(entry, target, "it is a directory") }
        if let existing = try parent.statusIfPresent(name) {
            // The same file already: replacing it would remove the target.
            if existing.st_ino == status.st_ino, existing.st_dev == status.st_dev { return }
        }
        try replacing(name, in: parent) { () throws(IOError) in
            try parent.makeHardLink(name, to: source, in: directory)
        }
    }

    /// The target in this layer's own tree; deletions are nothing one could link to.
    private mutating func findTarget(
        _ components: [ArraySlice<UInt8>], _ source: ArraySlice<UInt8>
    ) throws -> (DirectoryHandle, stat)? {
        do {
            let directory = try linkCursor.enter(components.dropLast())
            guard let status = try directory.statusIfPresent(source), !LowerLayers.isWhiteout(status) else {
                return nil
            }
            return (directory, status)
        } catch let error as IOError where error.errno == ENOENT || error.errno == ENOTDIR {
            return nil
        }
    }

    private mutating func copyFromLower(
        _ entry: TarEntry, target: [UInt8], _ components: [ArraySlice<UInt8>], _ name: ArraySlice<UInt8>,
        in parent: DirectoryHandle
    ) throws {
        guard let found = try maker.lower?.find(components) else {
            throw bad(entry, target, "no such file in this layer")
        }
        var copy = entry
        switch found.kind {
        case S_IFREG:
            copy.kind = .file
            copy.size = Int64(found.status.st_size)
        case S_IFLNK:
            let link = try found.handle.readLink(found.name[...])
            copy.kind = .symbolicLink(target: link)
            try replacing(name, in: parent) { () throws(IOError) in try parent.makeSymbolicLink(name, target: link) }
            return try finishNode(copy, name, in: parent)
        default: throw bad(entry, target, "it is neither a file nor a symbolic link in the lower layer")
        }
        let input = OwnedFD(adopting: try found.handle.openFile(found.name[...]))
        try begin(copy, name, in: parent)
        if copy.size > 0 { try copyData(from: input) }
    }

    private func bad(_ entry: TarEntry, _ target: [UInt8], _ reason: String) -> UnpackError {
        .badHardLink(path: entry.displayPath, target: String(decoding: target, as: UTF8.self), reason: reason)
    }
}
