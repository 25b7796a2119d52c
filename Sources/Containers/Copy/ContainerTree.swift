// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc

/// The host directory that a path of a container lies in: its root, or the volume or bind mounted over that path.
struct ContainerTree {
    /// Host path of the tree.
    let root: String
    /// The path within the tree.
    let path: String
    let isWritable: Bool

    /// Picks the deepest mount that holds `path`. tmpfs mounts exist only inside a running container, and are not seen.
    init(_ container: Container, root: String, path: String) {
        let cleaned = PathText.clean(path)
        let mounts = container.mounts.filter { $0.kind != .tmpfs && PathText.contains($0.destination, cleaned) }
        if let mount = mounts.max(by: { $0.destination.count < $1.destination.count }) {
            self.root = mount.source
            self.path = PathText.clean(String(cleaned.dropFirst(mount.destination.count)))
            isWritable = mount.writable
        } else {
            self.root = root
            self.path = cleaned
            isWritable = !container.spec.readOnlyRoot
        }
    }

    /// The host path of what `path` leads to after the links of its parents, all inside the tree; the last component is
    /// not followed. It is for reading names; content must be opened beneath `root`.
    func located() throws -> String? {
        let files = try ContainedFiles(root: root)
        guard let parent = try? files.open(PathText.parent(path), flags: Int32(CLINUX_O_PATH) | O_DIRECTORY) else {
            return nil
        }
        guard let directory = Self.hostPath(of: parent), PathText.contains(root, directory) else { return nil }
        let name = PathText.components(path).last
        let target = name.map { directory + "/" + $0 } ?? directory
        return Files.exists(target) || Files.status(target) != nil ? target : nil
    }

    private static func hostPath(of descriptor: borrowing OwnedFD) -> String? {
        MergedDirectory.target(of: "/proc/self/fd/\(descriptor.rawValue)")
    }
}
