// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc
import TarArchive

/// The host directory that a path of a container lies in: its root, or the volume or bind mounted over that path.
struct ContainerTree {
    /// As the kernel.
    private static let linkLimit = 40

    /// Host path of the tree.
    let root: String
    /// The path within the tree, free of links but for its end.
    let path: BytePath
    /// The path within the container.
    let place: BytePath
    /// Why nothing can be written there; docker's text.
    let refusal: String?

    /// - Parameter followsLast: whether a link at the path's end is followed.
    init(_ container: Container, root: String, path: String, followsLast: Bool) {
        let resolved = Self.resolved(BytePath(path), in: container, root: root, followsLast: followsLast)
        self.init(container, root: root, resolved: resolved)
    }

    /// Picks the deepest mount that holds the path. tmpfs mounts exist only inside a running container, and are not
    /// seen.
    private init(_ container: Container, root: String, resolved: BytePath) {
        place = resolved
        let mounts = container.mounts.filter {
            $0.kind != .tmpfs && resolved.relative(to: BytePath($0.destination)) != nil
        }
        if let mount = mounts.max(by: { $0.destination.count < $1.destination.count }) {
            self.root = Files.isDirectory(mount.source) ? mount.source : PathText.parent(mount.source)
            let inside = self.root == mount.source ? resolved.relative(to: BytePath(mount.destination)) : nil
            path = BytePath(root: inside?.components ?? [BytePath(mount.source).name ?? "."])
            refusal = mount.writable ? nil : "mounted volume is marked read-only"
        } else {
            self.root = root
            path = resolved
            refusal = container.spec.readOnlyRoot ? "container rootfs is marked read-only" : nil
        }
    }

    /// Follows links as the container's processes would, across its mounts. What is missing stays as it is.
    private static func resolved(
        _ path: BytePath, in container: Container, root: String, followsLast: Bool
    ) -> BytePath {
        var rest = Array(path.rawComponents.reversed())
        var done: [BytePath] = []
        var links = 0
        while let name = rest.popLast() {
            if name == ".." {
                _ = done.popLast()
                continue
            }
            let place = BytePath(root: done + [name])
            guard !rest.isEmpty || followsLast, links < linkLimit,
                let target = ContainerTree(container, root: root, resolved: place).linkTarget
            else {
                done.append(name)
                continue
            }
            links += 1
            if target.isAbsolute { done = [] }
            rest += target.rawComponents.reversed()
        }
        return BytePath(root: done)
    }

    /// The text of a link at the path.
    private var linkTarget: BytePath? {
        guard let directory = try? openParent() else { return nil }
        return Files.linkTarget(BytePath("/proc/self/fd/\(directory.rawValue)").appending(name))
    }

    /// The path's last component; `.` for the tree's root.
    var name: BytePath { path.name ?? "." }

    /// The directory that the path's last component lies in.
    func openParent() throws(IOError) -> OwnedFD {
        try ContainedFiles(root: root).open(path.parent, flags: O_RDONLY | O_DIRECTORY)
    }

    /// lstat(2) of the path; nil when there is nothing.
    func status() -> stat? {
        guard let directory = try? openParent() else { return nil }
        return Files.status(BytePath("/proc/self/fd/\(directory.rawValue)").appending(name))
    }
}
