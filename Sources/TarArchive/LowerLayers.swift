// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc

/// The layers below the one at hand, unpacked in overlay form; answers what a path means there as overlayfs would.
///
/// It borrows the descriptors: they must stay open while it is used.
public struct LowerLayers: Sendable {
    private let directories: [Int32]

    /// Directory descriptors, the topmost layer first.
    public init(topmostFirst directories: [Int32]) {
        self.directories = directories
    }

    /// The topmost layer's idea of a path; nil when there is none, when it was deleted, or behind a symbolic link.
    func find(_ components: [ArraySlice<UInt8>]) throws(IOError) -> LowerEntry? {
        guard let last = components.last else { return nil }
        for root in directories {
            var directory = try OwnedFD(adopting: DirectoryHandle(fd: root).openDirectory([0x2E]))
            var isCovered = false
            var isComplete = true
            for component in components.dropLast() {
                let handle = DirectoryHandle(fd: directory.rawValue)
                guard let status = try handle.statusIfPresent(component) else {
                    isComplete = false
                    break
                }
                // A file, link or deletion here hides everything below it.
                guard status.st_mode & S_IFMT == S_IFDIR else { return nil }
                directory = OwnedFD(adopting: try handle.openDirectory(component))
                isCovered = isCovered || Self.isOpaque(directory.rawValue)
            }
            if isComplete, let status = try DirectoryHandle(fd: directory.rawValue).statusIfPresent(last) {
                if Self.isWhiteout(status) { return nil }
                return LowerEntry(directory: directory, name: Array(last), status: status)
            }
            if isCovered { return nil }
        }
        return nil
    }

    static func isWhiteout(_ status: stat) -> Bool {
        status.st_mode & S_IFMT == S_IFCHR && status.st_rdev == 0
    }

    /// Whether a directory hides what lower layers have in it.
    static func isOpaque(_ fd: Int32) -> Bool {
        ["trusted.overlay.opaque", "user.overlay.opaque"].contains { name in
            var value: UInt8 = 0
            return fgetxattr(fd, name, &value, 1) == 1 && value == UInt8(ascii: "y")
        }
    }
}
