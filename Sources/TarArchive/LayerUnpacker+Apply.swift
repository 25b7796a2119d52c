// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

extension LayerUnpacker {
    private static let maxComponent = 255

    /// Puts one entry in its place. Later entries win over earlier ones; only a directory over a directory is merged.
    mutating func apply(_ entry: TarEntry) throws {
        try checkName(entry.path, of: entry)
        let components = TarPath.components(entry.path)
        guard let name = components.last else {
            // As docker, which leaves the root as it is; an archive may not replace it.
            guard entry.kind == .directory else { throw UnpackError.rootNotDirectory(path: entry.displayPath) }
            return
        }
        if let forged = forgedWhiteout(entry) { return summary.forgedWhiteouts += forged }
        if TarPath.isWhiteout(name) { return try applyWhiteout(entry, name, components) }
        let parent = try enterParent(components)
        touch(components)
        switch entry.kind {
        case .file: try begin(entry, name, in: parent)
        case .directory: try applyDirectory(entry, name, in: parent)
        case .symbolicLink(let target):
            try replacing(name, in: parent) { () throws(IOError) in try parent.makeSymbolicLink(name, target: target) }
            try finishNode(entry, name, in: parent)
        case .hardLink(let target): try applyHardLink(entry, target: target, name, in: parent)
        case .characterDevice(let major, let minor):
            try applyNode(entry, S_IFCHR, major, minor, name, in: parent)
        case .blockDevice(let major, let minor): try applyNode(entry, S_IFBLK, major, minor, name, in: parent)
        case .fifo: try applyNode(entry, S_IFIFO, 0, 0, name, in: parent)
        }
    }

    /// The directory an entry goes into. What is missing is made; a deletion on the way becomes an opaque directory.
    mutating func enterParent(_ components: [ArraySlice<UInt8>]) throws -> DirectoryHandle {
        let maker = maker
        var made: [TarEntry] = []
        let parent = try cursor.enter(components.dropLast()) { handle, name, path in
            let prefix = path.isEmpty ? [] : path + [UInt8(ascii: "/")]
            let status = try handle.statusIfPresent(name)
            if let status {
                guard maker.options.opaqueXattr != nil, LowerLayers.isWhiteout(status) else { return false }
                try handle.unlink(name)
            }
            made.append(try maker.makeImplied(handle, name, path: prefix + name))
            if status != nil { try maker.makeOpaque(handle, name) }
            return true
        }
        for entry in made { deferTimes(of: entry, path: entry.path) }
        impliedDirectories += made.count
        guard impliedDirectories <= options.limits.maxEntries else {
            throw TarError.limitExceeded(
                what: "number of files and directories", limit: Int64(options.limits.maxEntries), option: "maxEntries")
        }
        return parent
    }

    /// Runs `create`, which insists on a new name; when the name is taken, what is there goes first.
    mutating func replacing<Result>(
        _ name: ArraySlice<UInt8>, in parent: DirectoryHandle, _ create: () throws(IOError) -> Result
    ) throws -> Result {
        do throws(IOError) {
            return try create()
        } catch {
            guard error.errno == EEXIST else { throw error }
        }
        try removeExisting(name, in: parent)
        return try create()
    }

    /// Removes what an entry replaces. The cursors must not keep directories of a tree that is gone.
    private mutating func removeExisting(_ name: ArraySlice<UInt8>, in parent: DirectoryHandle) throws {
        try parent.removeAll(name)
        linkCursor.reset()
    }

    mutating func finishNode(_ entry: TarEntry, _ name: ArraySlice<UInt8>, in parent: DirectoryHandle) throws {
        let isSetgid = cursor.isSetgid
        try maker.finishNode(parent, name, entry, inSetgid: isSetgid, summary: &summary)
    }

    /// Checks the name as it stands, before it is cleaned: where it leads and how long its components are.
    func checkName(_ path: [UInt8], of entry: TarEntry) throws {
        guard !TarPath.escapes(path) else { throw UnpackError.breakout(path: entry.displayPath, target: nil) }
        for component in TarPath.components(path) where component.count > Self.maxComponent {
            throw UnpackError.nameTooLong(path: entry.displayPath, limit: Self.maxComponent)
        }
    }

    /// A character device 0:0 is how overlayfs deletes; an archive says it with `.wh.` names only.
    private func forgedWhiteout(_ entry: TarEntry) -> Int? {
        if case .characterDevice(major: 0, minor: 0) = entry.kind { return 1 }
        return nil
    }

    private mutating func applyDirectory(
        _ entry: TarEntry, _ name: ArraySlice<UInt8>, in parent: DirectoryHandle
    ) throws {
        let mode = maker.workingMode(entry.mode & 0o777)
        var isNew = true
        do throws(IOError) {
            try parent.makeDirectory(name, mode: mode)
        } catch {
            guard error.errno == EEXIST else { throw error }
            let status = try parent.status(name)
            isNew = status.st_mode & S_IFMT != S_IFDIR
            if isNew {
                try parent.unlink(name)
                try parent.makeDirectory(name, mode: mode)
                // Deleted and made anew in one layer: nothing of the old one may shine through.
                if LowerLayers.isWhiteout(status) { try maker.makeOpaque(parent, name) }
            }
        }
        let isSetgid = cursor.isSetgid
        try maker.finishDirectory(parent, name, entry, isNew: isNew, inSetgid: isSetgid, summary: &summary)
        deferTimes(of: entry, path: entry.path)
    }

    private mutating func applyNode(
        _ entry: TarEntry, _ type: mode_t, _ major: UInt32, _ minor: UInt32, _ name: ArraySlice<UInt8>,
        in parent: DirectoryHandle
    ) throws {
        do {
            try replacing(name, in: parent) { () throws(IOError) in
                try parent.makeNode(name, type: type, mode: entry.mode & 0o777, major: major, minor: minor)
            }
        } catch let error as IOError where error.errno == EPERM && type != S_IFIFO {
            guard options.devices == .skip else { throw UnpackError.deviceNotPermitted(path: entry.displayPath) }
            summary.skippedDevices += 1
            return
        }
        try finishNode(entry, name, in: parent)
    }
}
