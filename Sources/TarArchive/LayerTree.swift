// SPDX-License-Identifier: Apache-2.0

/// The shape of a layer, kept as small as the question "what is its size" allows: names only as 64-bit hashes.
///
/// The hash is Swift's keyed SipHash, seeded per process, so nobody can prepare two names that collide.
struct LayerTree: Sendable {
    private struct Key: Hashable {
        let parent: UInt32
        let name: Int
    }

    private struct Node {
        let parent: UInt32
        /// Index into `inodes`, or `Node.directory`.
        var inode: UInt32
        var isReplaced = false

        static let directory = UInt32.max
    }

    /// The root, and all files and directories, replaced ones and those without an entry included.
    private var nodes = [Node(parent: 0, inode: Node.directory)]
    private var children: [Key: UInt32] = [:]
    private var inodes: [Int64] = []
    /// The directory of the entry before this one; archives list directories in one go.
    private var lastParent: (path: [UInt8], node: UInt32)?

    var nodeCount: Int { nodes.count }

    /// The size of what is reachable, each inode once; saturates at `Int64.max`.
    var totalSize: Int64 {
        var isDead = [Bool](repeating: false, count: nodes.count)
        var isCounted = [Bool](repeating: false, count: inodes.count)
        var total: Int64 = 0
        for (index, node) in nodes.enumerated() {
            // A parent always comes before its children.
            isDead[index] = node.isReplaced || isDead[Int(node.parent)]
            guard !isDead[index], node.inode != Node.directory, !isCounted[Int(node.inode)] else { continue }
            isCounted[Int(node.inode)] = true
            let (sum, overflow) = total.addingReportingOverflow(inodes[Int(node.inode)])
            total = overflow ? .max : sum
        }
        return total
    }

    mutating func addDirectory(_ path: [UInt8]) {
        let place = place(path)
        if let name = place.name { _ = directory(Self.hash(name), in: place.parent) }
    }

    /// Enters a non-directory. The root cannot be one, and a whiteout is no entry of the layer's tree.
    mutating func addFile(_ path: [UInt8], size: Int64) {
        let place = place(path)
        guard let name = place.name, !TarPath.isWhiteout(name) else { return }
        inodes.append(size)
        put(UInt32(inodes.count - 1), Self.hash(name), in: place.parent)
    }

    /// A link to something this layer does not have counts nothing.
    mutating func addHardLink(_ path: [UInt8], to target: [UInt8]) {
        guard let inode = inode(at: target) else { return }
        let place = place(path)
        guard let name = place.name, !TarPath.isWhiteout(name) else { return }
        put(inode, Self.hash(name), in: place.parent)
    }

    /// Finds the parent directory of `path`, making what is missing, and the last name (nil for the root).
    private mutating func place(_ path: [UInt8]) -> (parent: UInt32, name: ArraySlice<UInt8>?) {
        let components = TarPath.components(path)
        guard let last = components.last else { return (0, nil) }
        let parentPath = components.count > 1 ? path[..<last.startIndex] : []
        if let lastParent, lastParent.path[...] == parentPath { return (lastParent.node, last) }
        let parent = components.dropLast().reduce(UInt32(0)) { directory(Self.hash($1), in: $0) }
        lastParent = (Array(parentPath), parent)
        return (parent, last)
    }

    private func inode(at path: [UInt8]) -> UInt32? {
        var node: UInt32 = 0
        for component in TarPath.components(path) {
            guard let next = children[Key(parent: node, name: Self.hash(component))] else { return nil }
            node = next
        }
        let inode = nodes[Int(node)].inode
        return inode == Node.directory ? nil : inode
    }

    private mutating func directory(_ name: Int, in parent: UInt32) -> UInt32 {
        if let existing = children[Key(parent: parent, name: name)], nodes[Int(existing)].inode == Node.directory {
            return existing
        }
        return put(Node.directory, name, in: parent)
    }

    @discardableResult
    private mutating func put(_ inode: UInt32, _ name: Int, in parent: UInt32) -> UInt32 {
        let index = UInt32(nodes.count)
        if let old = children.updateValue(index, forKey: Key(parent: parent, name: name)) {
            nodes[Int(old)].isReplaced = true
            lastParent = nil
        }
        nodes.append(Node(parent: parent, inode: inode))
        return index
    }

    private static func hash(_ name: ArraySlice<UInt8>) -> Int {
        var hasher = Hasher()
        name.withUnsafeBytes { hasher.combine(bytes: $0) }
        return hasher.finalize()
    }
}
