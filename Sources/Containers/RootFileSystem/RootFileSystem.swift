// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc
import TarArchive

/// A container's root: the image's layers below, a writable layer on top.
///
/// With ``RootDriver/overlay`` it is mounted for as long as it is used; with ``RootDriver/copying`` it is a tree of its
/// own that is filled once, in `merged`.
struct RootFileSystem {
    let driver: RootDriver
    let directory: ContainerDirectory
    /// Absolute paths of the layers' trees, base first.
    let layers: [String]

    /// The read-only side as an overlay would show it.
    var base: MergedDirectory {
        MergedDirectory(sources: [directory.initial] + layers.reversed())
    }

    /// What the container sees, mounts aside; read without mounting anything.
    var current: MergedDirectory {
        switch driver {
        case .overlay: MergedDirectory(sources: [BytePath(directory.upper)] + base.sources)
        case .copying: MergedDirectory(sources: [directory.root])
        }
    }

    /// Makes the directories, the layer with every container's mount points, and with the copying driver the copy.
    func create() throws {
        try Files.makeDirectories(directory.root, mode: 0o755)
        try InitialLayer(path: directory.initial, image: MergedDirectory(sources: layers.reversed())).build()
        switch driver {
        case .overlay:
            try Files.makeDirectories(directory.work)
            try Files.makeDirectories(directory.upper, mode: 0o755)
            // The upper directory shows through as "/" and must look like the image's.
            try copyTopAttributes(to: directory.upper)
        case .copying:
            try TreeCopier.copyContents(of: base, to: BytePath(directory.root))
            try copyTopAttributes(to: directory.root)
        }
    }

    private func copyTopAttributes(to target: String) throws(IOError) {
        guard let top = layers.last else { return }
        try TreeCopier.copyAttributes(from: BytePath(top), to: BytePath(target))
    }

    /// Whether something is mounted on `merged`.
    var isMounted: Bool {
        guard let inside = Files.status(directory.root), let outside = Files.status(directory.path) else {
            return false
        }
        return inside.st_dev != outside.st_dev
    }

    func mount() throws(ContainerError) {
        guard driver == .overlay, !isMounted else { return }
        let error = try mountOverlay()
        guard error == 0 else { throw failure(error) }
    }

    /// - Returns: what the kernel says, 0 when it has mounted.
    private func mountOverlay() throws(ContainerError) -> Int32 {
        // A layer that is there twice (builders make one empty layer again and again) counts where it is topmost: that
        // hides what it did below, and overlayfs refuses a directory given twice.
        var seen: Set<String> = []
        let lowers = ([directory.initial] + layers.reversed()).filter { seen.insert($0).inserted }
        let result = CStringArray.with(lowers) { array in
            array.withMemoryRebound(to: UnsafePointer<CChar>?.self, capacity: lowers.count) {
                clinux_mount_overlay(
                    $0, lowers.count, directory.upper, directory.work, directory.root, UserNamespace.isActive ? 1 : 0)
            }
        }
        if result == 0 { return 0 }
        let error = errno
        return error == EINVAL || error == ENOSYS ? try mountByOptionString(lowers) : error
    }

    /// mount(2) of kernels before 6.5, whose options must fit a page.
    private func mountByOptionString(_ lowers: [String]) throws(ContainerError) -> Int32 {
        let escaped = lowers.map { path in path.map { "\\:,".contains($0) ? "\\\($0)" : String($0) }.joined() }
        let options =
            "lowerdir=\(escaped.joined(separator: ":")),upperdir=\(directory.upper),workdir=\(directory.work),"
            + (UserNamespace.isActive ? "userxattr" : "redirect_dir=off,metacopy=off")
        guard options.utf8.count < 4096 else {
            throw .system(
                "mount overlay: \(lowers.count) layers need options longer than a page; Linux 6.5 or later has no such limit"
            )
        }
        return clinux_mount("overlay", directory.root, "overlay", 0, options) == 0 ? 0 : errno
    }

    func unmount() {
        guard driver == .overlay else { return }
        while isMounted, clinux_unmount_lazily(directory.root) == 0 {}
    }

    private func failure(_ error: Int32) -> ContainerError {
        .system("mount overlay on \(directory.root): \(String(cString: strerror(error)))")
    }

    /// Whether this process can mount overlays in `directory`, which is there for the trial.
    ///
    /// - Throws: what prevents an answer: a full disk, no memory. It says nothing of the next trial.
    static func probeDriver(in directory: ContainerDirectory) throws -> RootDriver {
        for part in [directory.root, directory.upper, directory.work, directory.initial] {
            try Files.makeDirectories(part)
        }
        let root = RootFileSystem(driver: .overlay, directory: directory, layers: [])
        let error = try root.mountOverlay()
        switch error {
        case 0: root.unmount()
        case EPERM, EACCES, EINVAL, ENOSYS, ENODEV, EOPNOTSUPP: return .copying
        default: throw root.failure(error)
        }
        return .overlay
    }
}
