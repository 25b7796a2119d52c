// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc

/// Gives what is unpacked its owner, mode, times and attributes, with as few system calls as will do.
///
/// A small file costs open, write, utimensat, close; chown and chmod come on top only where the kernel's own choice
/// differs from the entry's.
struct NodeMaker {
    let options: UnpackOptions
    let lower: LowerLayers?
    private let umask = NodeMaker.processUmask()
    private let uid = Int64(geteuid())
    private let gid = Int64(getegid())

    /// Whether the process passes permission checks on its own directories.
    var isRoot: Bool { uid == 0 }

    init(options: UnpackOptions, lower: LowerLayers?) {
        self.options = options
        self.lower = lower
    }

    /// Attributes of a file that is still open, after its data: chown drops set-uid bits, and writing drops capabilities.
    func finishFile(_ fd: Int32, _ entry: TarEntry, inSetgid: Bool, summary: inout UnpackSummary) throws {
        if needsOwner(entry, inSetgid: inSetgid) {
            let owner = try owner(entry)
            guard fchown(fd, owner.uid, owner.gid) == 0 else { throw IOError(errno: errno, operation: "fchown") }
        }
        if needsMode(entry) {
            guard fchmod(fd, entry.mode) == 0 else { throw IOError(errno: errno, operation: "fchmod") }
        }
        try setXattrs(entry, summary: &summary) { xattr in
            let name = DirectoryHandle.cString(xattr.name[...])
            let code = xattr.value.withUnsafeBytes { fsetxattr(fd, name, $0.baseAddress, $0.count, 0) }
            return code == 0 ? 0 : errno
        }
        var times = DirectoryHandle.times(entry.modificationTime)
        guard futimens(fd, &times) == 0 else { throw IOError(errno: errno, operation: "utimensat") }
    }

    /// Attributes of a link, device or FIFO, which is never opened.
    func finishNode(
        _ handle: DirectoryHandle, _ name: ArraySlice<UInt8>, _ entry: TarEntry, inSetgid: Bool,
        summary: inout UnpackSummary
    ) throws {
        if needsOwner(entry, inSetgid: inSetgid) {
            let owner = try owner(entry)
            try handle.changeOwner(name, uid: owner.uid, gid: owner.gid)
        }
        if case .symbolicLink = entry.kind {} else if needsMode(entry) { try handle.changeMode(name, entry.mode) }
        try setXattrs(entry, summary: &summary) { xattr in
            do throws(IOError) {
                try handle.setXattr(name, xattr)
                return 0
            } catch {
                return error.errno
            }
        }
        try handle.setTimes(name, entry.modificationTime)
    }

    /// Attributes of a directory but its times, which are set when nothing more is put into it. An unprivileged user
    /// keeps full access until then.
    func finishDirectory(
        _ handle: DirectoryHandle, _ name: ArraySlice<UInt8>, _ entry: TarEntry, isNew: Bool, inSetgid: Bool,
        summary: inout UnpackSummary
    ) throws {
        if !isNew && options.preservesOwnership || needsOwner(entry, inSetgid: inSetgid) {
            let owner = try owner(entry)
            try handle.changeOwner(name, uid: owner.uid, gid: owner.gid)
        }
        if !isNew || inSetgid || needsMode(entry) { try handle.changeMode(name, workingMode(entry.mode)) }
        guard !entry.xattrs.isEmpty else { return }
        let directory = OwnedFD(adopting: try handle.openDirectory(name))
        let fd = directory.rawValue
        try setXattrs(entry, summary: &summary) { xattr in
            let name = DirectoryHandle.cString(xattr.name[...])
            let code = xattr.value.withUnsafeBytes { fsetxattr(fd, name, $0.baseAddress, $0.count, 0) }
            return code == 0 ? 0 : errno
        }
    }

    /// The mode of a directory while the layer is being unpacked.
    func workingMode(_ mode: UInt32) -> UInt32 { isRoot ? mode : mode | 0o700 }

    /// Hides what lower layers have in a directory.
    func makeOpaque(_ handle: DirectoryHandle, _ name: ArraySlice<UInt8>) throws {
        guard let xattr = options.opaqueXattr else { return }
        let directory = OwnedFD(adopting: try handle.openDirectory(name))
        try makeOpaque(DirectoryHandle(fd: directory.rawValue), xattr)
    }

    func makeOpaque(_ directory: DirectoryHandle, _ xattr: TarEntry.Xattr) throws {
        let name = DirectoryHandle.cString(xattr.name[...])
        let code = xattr.value.withUnsafeBytes { fsetxattr(directory.fd, name, $0.baseAddress, $0.count, 0) }
        guard code == 0 else { throw IOError(errno: errno, operation: "setxattr trusted.overlay.opaque") }
    }

    /// Makes a directory no entry describes, with the attributes it has in the lower layers, or root's and 0755.
    /// Returns it as an entry, for the times to be set at the end.
    func makeImplied(_ handle: DirectoryHandle, _ name: ArraySlice<UInt8>, path: [UInt8]) throws -> TarEntry {
        var entry = TarEntry(path: path, kind: .directory, mode: 0o755, uid: isRoot ? 0 : uid, gid: isRoot ? 0 : gid)
        var hasTime = false
        if let found = try lower?.find(TarPath.components(path)), found.kind == S_IFDIR {
            entry.mode = found.mode
            entry.uid = Int64(found.status.st_uid)
            entry.gid = Int64(found.status.st_gid)
            entry.modificationTime = found.modificationTime
            hasTime = true
        }
        try handle.makeDirectory(name, mode: workingMode(entry.mode & 0o777))
        var summary = UnpackSummary()
        try finishDirectory(handle, name, entry, isNew: true, inSetgid: true, summary: &summary)
        if !hasTime { entry.modificationTime = Self.now() }
        return entry
    }

    private func needsOwner(_ entry: TarEntry, inSetgid: Bool) -> Bool {
        options.preservesOwnership && (entry.uid != uid || entry.gid != gid || inSetgid)
    }

    private func needsMode(_ entry: TarEntry) -> Bool {
        entry.mode & umask != 0 || entry.mode & 0o7000 != 0
    }

    private func owner(_ entry: TarEntry) throws -> (uid: uid_t, gid: gid_t) {
        // The largest value would mean "leave as it is" to chown(2).
        guard let uid = uid_t(exactly: entry.uid), let gid = gid_t(exactly: entry.gid), uid != .max, gid != .max else {
            throw IOError(errno: EINVAL, operation: "chown to \(entry.uid):\(entry.gid)")
        }
        return (uid, gid)
    }

    /// What the file system or a user namespace refuses is left out, as docker does; other errors are errors.
    private func setXattrs(
        _ entry: TarEntry, summary: inout UnpackSummary, _ set: (TarEntry.Xattr) -> Int32
    ) throws {
        for xattr in entry.xattrs {
            guard xattr.value.count <= options.limits.maxXattrSize else {
                let what = "attribute \(String(decoding: xattr.name, as: UTF8.self)) of \(xattr.value.count) bytes"
                throw UnpackError.limitExceeded(
                    path: entry.displayPath, what: what, limit: Int64(options.limits.maxXattrSize),
                    option: "maxXattrSize")
            }
            let error = OverlayXattr.isReserved(xattr.name) ? EPERM : set(xattr)
            switch error {
            case 0: break
            case EPERM, ENOTSUP: summary.skippedXattrs += 1
            default: throw IOError(errno: error, operation: "setxattr \(String(decoding: xattr.name, as: UTF8.self))")
            }
        }
    }

    private static func now() -> TarTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return TarTime(seconds: Int64(time.tv_sec), nanoseconds: Int32(time.tv_nsec))
    }

    /// The umask, read without changing it; everything when /proc does not tell, so that modes are always set.
    private static func processUmask() -> UInt32 {
        guard let file = try? OwnedFD(opening: "/proc/self/status", flags: O_RDONLY),
            let text = try? file.readAll(limit: 65_536)
        else { return 0o777 }
        let line = String(decoding: text, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("Umask:") }
        let digits = line?.dropFirst(6).filter { ("0"..."7").contains($0) }
        return digits.flatMap { UInt32($0, radix: 8) } ?? 0o777
    }
}
