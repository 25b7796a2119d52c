// SPDX-License-Identifier: Apache-2.0
public import ByteStreams
import CLinux
import Glibc

/// Writes a directory as a layer archive: the upper directory of an overlay for `commit`, a whole tree for `export`.
///
/// The order is lexical within each directory, parents first, as docker's archives are; the same tree gives the same
/// bytes. Nothing is followed and nothing but regular files is opened; sockets are left out.
public struct LayerPacker {
    /// What the directory is.
    public enum Form: Sendable {
        /// The upper directory of an overlay mount: character devices 0:0 become `.wh.` names, opaque directories get
        /// their `.wh..wh..opq`, overlayfs' own attributes are left out.
        case overlay
        /// A plain tree.
        case flat
    }

    /// A file with several names, to be stored once.
    private struct Inode: Hashable {
        let device: dev_t
        let number: ino_t
    }

    private let form: Form
    private var writer: TarWriter
    private var seen: [Inode: [UInt8]] = [:]
    private var buffer = [UInt8](repeating: 0, count: 256 * 1024)

    private init(form: Form, keepsNanoseconds: Bool, sink: @escaping TarWriter.Sink) {
        self.form = form
        writer = TarWriter(keepsNanoseconds: keepsNanoseconds, sink: sink)
    }

    /// Packs everything below `directory`, not the directory itself. Throws `PackError`, `TarWriteError` and whatever
    /// `sink` throws. With `keepsNanoseconds` false, times are cut to seconds, as in docker's layers.
    public static func pack(
        _ directory: borrowing OwnedFD, form: Form, keepsNanoseconds: Bool = false, sink: @escaping TarWriter.Sink
    ) throws {
        var packer = LayerPacker(form: form, keepsNanoseconds: keepsNanoseconds, sink: sink)
        try packer.addContents(DirectoryHandle(fd: directory.rawValue), path: [])
        try packer.writer.finish()
    }

    private mutating func addContents(_ directory: DirectoryHandle, path: [UInt8]) throws {
        let names = try Self.located(path) { () throws(IOError) in try directory.list() }
        for name in names {
            let path = path + name
            // What a running container removes meanwhile is not there.
            guard
                let status = try Self.located(path, { () throws(IOError) in try directory.statusIfPresent(name[...]) })
            else { continue }
            try add(name[...], in: directory, status, path: path)
        }
    }

    private mutating func add(
        _ name: ArraySlice<UInt8>, in directory: DirectoryHandle, _ status: stat, path: [UInt8]
    ) throws {
        if case .overlay = form, LowerLayers.isWhiteout(status) { return try addWhiteout(name, status, path: path) }
        if status.st_mode & S_IFMT == S_IFDIR { return try addDirectory(name, in: directory, status, path: path) }
        if status.st_nlink > 1 {
            let inode = Inode(device: status.st_dev, number: status.st_ino)
            if let first = seen[inode] { return try writer.add(entry(path, .hardLink(target: first), status)) }
            seen[inode] = path
        }
        let device = (gnu_dev_major(status.st_rdev), gnu_dev_minor(status.st_rdev))
        switch status.st_mode & S_IFMT {
        case S_IFREG: try addFile(name, in: directory, status, path: path)
        case S_IFLNK:
            let target = try Self.located(path) { () throws(IOError) in try directory.readLink(name) }
            try writer.add(entry(path, .symbolicLink(target: target), status))
        case S_IFCHR: try writer.add(entry(path, .characterDevice(major: device.0, minor: device.1), status))
        case S_IFBLK: try writer.add(entry(path, .blockDevice(major: device.0, minor: device.1), status))
        case S_IFIFO: try writer.add(entry(path, .fifo, status))
        default: break  // a socket means nothing without its process
        }
    }

    private mutating func addDirectory(
        _ name: ArraySlice<UInt8>, in directory: DirectoryHandle, _ status: stat, path: [UInt8]
    ) throws {
        let fd = OwnedFD(adopting: try Self.located(path) { () throws(IOError) in try directory.openDirectory(name) })
        var entry = entry(path, .directory, status)
        entry.xattrs = try xattrs(fd.rawValue, path: path)
        try writer.add(entry)
        if case .overlay = form, LowerLayers.isOpaque(fd.rawValue) {
            var marker = TarEntry(
                path: path + [UInt8(ascii: "/")] + TarPath.opaqueMarker, kind: .file, mode: entry.mode & 0o777)
            marker.uid = entry.uid
            marker.gid = entry.gid
            try writer.add(marker)
        }
        try addContents(DirectoryHandle(fd: fd.rawValue), path: path + [UInt8(ascii: "/")])
    }

    private mutating func addWhiteout(_ name: ArraySlice<UInt8>, _ status: stat, path: [UInt8]) throws {
        let parent = path.dropLast(name.count)
        var whiteout = entry(parent + TarPath.whiteoutPrefix + name, .file, status)
        whiteout.mode = 0o600  // as docker writes it
        whiteout.size = 0
        try writer.add(whiteout)
    }

    private mutating func addFile(
        _ name: ArraySlice<UInt8>, in directory: DirectoryHandle, _ status: stat, path: [UInt8]
    ) throws {
        let fd = OwnedFD(adopting: try Self.located(path) { () throws(IOError) in try directory.openFile(name) })
        let opened = try Self.located(path) { () throws(IOError) in try fd.status() }
        guard opened.st_ino == status.st_ino, opened.st_mode & S_IFMT == S_IFREG else {
            throw PackError.fileChanged(path: String(decoding: path, as: UTF8.self))
        }
        var entry = entry(path, .file, opened)
        entry.size = Int64(opened.st_size)
        entry.xattrs = try xattrs(fd.rawValue, path: path)
        try writer.add(entry)
        try copy(fd, count: entry.size, path: path)
    }

    private mutating func copy(_ fd: borrowing OwnedFD, count: Int64, path: [UInt8]) throws {
        var remaining = count
        while remaining > 0 {
            let wanted = Int(min(remaining, Int64(buffer.count)))
            let got = try buffer.withUnsafeMutableBytes { bytes in
                do {
                    return try fd.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes.prefix(wanted)))
                } catch let error as IOError {
                    throw PackError.io(path: String(decoding: path, as: UTF8.self), error)
                }
            }
            guard got > 0 else { throw PackError.fileChanged(path: String(decoding: path, as: UTF8.self)) }
            try buffer.withUnsafeBytes { try writer.write(UnsafeRawBufferPointer(rebasing: $0.prefix(got))) }
            remaining -= Int64(got)
        }
    }

    private func entry(_ path: [UInt8], _ kind: TarEntry.Kind, _ status: stat) -> TarEntry {
        TarEntry(
            path: path, kind: kind, mode: status.st_mode & 0o7777, uid: Int64(status.st_uid), gid: Int64(status.st_gid),
            modificationTime: TarTime(
                seconds: Int64(status.st_mtim.tv_sec), nanoseconds: Int32(status.st_mtim.tv_nsec)))
    }

    /// The attributes that belong to the file: capabilities and the user's own. Labels and ACLs of the host do not.
    private func xattrs(_ fd: Int32, path: [UInt8]) throws -> [TarEntry.Xattr] {
        let names = try Self.located(path) { () throws(IOError) in try Xattrs.list(fd) }
        var result: [TarEntry.Xattr] = []
        for name in names {
            let text = String(decoding: name, as: UTF8.self)
            if case .overlay = form, OverlayXattr.makesUnpackable(name) {
                throw PackError.unsupportedOverlay(path: String(decoding: path, as: UTF8.self), xattr: text)
            }
            guard text == "security.capability" || text.hasPrefix("user."), !OverlayXattr.isReserved(name) else {
                continue
            }
            let value = try Self.located(path) { () throws(IOError) in try Xattrs.value(fd, name) }
            if let value { result.append(TarEntry.Xattr(name: name, value: value)) }
        }
        return result
    }

    /// Runs a call on a file so that its error names the file.
    private static func located<Result>(_ path: [UInt8], _ body: () throws(IOError) -> Result) throws -> Result {
        do throws(IOError) {
            return try body()
        } catch {
            throw PackError.io(path: String(decoding: path, as: UTF8.self), error)
        }
    }
}
