// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

/// Finds directories beneath a root the way a process chrooted there would, without ever leaving it.
///
/// Each component is opened without following links; a link is read and walked by hand, `..` pops the stack of open
/// directories and stops at the root. No path is ever joined, so there is no moment between check and use, and no
/// kernel newer than 2.6.16 is asked for: `openat2(RESOLVE_IN_ROOT)` is missing before Linux 5.6 and under older seccomp
/// profiles, and could not create missing parents in any case. Consecutive entries of an archive share their parents,
/// so the open directories are kept: no system call for the same parent, one for a sibling.
struct DirectoryCursor: ~Copyable {
    /// What to do about a parent that is missing or no directory: make it and say true, or say false for an error.
    typealias Create = (_ parent: DirectoryHandle, _ name: ArraySlice<UInt8>, _ path: [UInt8]) throws -> Bool

    /// As many as Linux follows in one lookup (path_resolution(7)).
    private static let maxLinks = 40

    private struct Level {
        let name: [UInt8]
        let fd: Int32
        let isSetgid: Bool
    }

    private let root: Int32
    private let isRootSetgid: Bool
    /// The open directories below the root, with the name each has in the one before it.
    private var stack: [Level] = []
    /// The path last asked for; empty and not reusable while `stack` came about through links.
    private var requested: [[UInt8]] = []
    private var isReusable = true

    init(root: Int32) {
        self.root = root
        var status = stat()
        isRootSetgid = fstat(root, &status) == 0 && status.st_mode & S_ISGID != 0
    }

    deinit {
        for directory in stack { close(directory.fd) }
    }

    /// The directory where the cursor stands.
    var current: DirectoryHandle { DirectoryHandle(fd: stack.last?.fd ?? root) }

    /// Whether what is made there belongs to the directory's group instead of the process's.
    var isSetgid: Bool { stack.last?.isSetgid ?? isRootSetgid }

    /// Its path from the root, links resolved, without a leading slash.
    var path: [UInt8] { Array(stack.map { $0.name }.joined(separator: [UInt8(ascii: "/")])) }

    /// Forgets open directories; needed after one may have been removed or replaced.
    mutating func reset() {
        pop(to: 0)
        requested = []
        isReusable = true
    }

    /// Goes to a directory and returns it. Throws `ENOENT` for a missing one unless `create` makes it, `ENOTDIR` for
    /// a parent that is no directory and `ELOOP` for a chain of links that is too long.
    mutating func enter(_ components: [ArraySlice<UInt8>], create: Create = { _, _, _ in false }) throws
        -> DirectoryHandle
    {
        var common = 0
        if isReusable {
            while common < min(requested.count, components.count), requested[common][...] == components[common] {
                common += 1
            }
            if common == components.count, common == requested.count { return current }
        }
        pop(to: common)
        isReusable = true
        // Until the walk has succeeded there is nothing to reuse beyond the common part.
        requested = components.prefix(common).map { Array($0) }
        do {
            try walk(components.dropFirst(common), create: create)
        } catch {
            reset()
            throw error
        }
        requested = isReusable ? components.map { Array($0) } : []
        return current
    }

    private mutating func walk(_ components: ArraySlice<ArraySlice<UInt8>>, create: Create) throws {
        var pending = Array(components.reversed())
        var links = 0
        while let name = pending.popLast() {
            if name.elementsEqual([0x2E]) || name.isEmpty { continue }
            if name.elementsEqual([0x2E, 0x2E]) {
                pop(to: max(0, stack.count - 1))
                continue
            }
            if try push(name, create: create) { continue }
            links += 1
            guard links <= Self.maxLinks else {
                throw IOError(errno: ELOOP, operation: "open", path: DirectoryHandle.display(name))
            }
            isReusable = false
            let target = try current.readLink(name)
            if target.first == UInt8(ascii: "/") { pop(to: 0) }
            pending += target.split(separator: UInt8(ascii: "/")).reversed()
        }
    }

    /// Steps into a directory, made first when it is missing; false when the name is a symbolic link.
    private mutating func push(_ name: ArraySlice<UInt8>, create: Create) throws -> Bool {
        let parent = current
        let failure: IOError
        do throws(IOError) {
            try step(into: name, of: parent)
            return true
        } catch {
            failure = error
        }
        guard [ENOENT, ENOTDIR, ELOOP].contains(failure.errno) else { throw failure }
        let isLink = try parent.statusIfPresent(name).map { $0.st_mode & S_IFMT == S_IFLNK } ?? false
        if isLink { return false }
        guard try create(parent, name, path) else { throw failure }
        try step(into: name, of: parent)
        return true
    }

    private mutating func step(into name: ArraySlice<UInt8>, of parent: DirectoryHandle) throws(IOError) {
        let fd = try parent.openDirectory(name)
        var status = stat()
        let isSetgid = fstat(fd, &status) == 0 && status.st_mode & S_ISGID != 0
        stack.append(Level(name: Array(name), fd: fd, isSetgid: isSetgid))
    }

    private mutating func pop(to count: Int) {
        while stack.count > count, let last = stack.popLast() { close(last.fd) }
    }
}
