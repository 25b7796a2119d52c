// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import FoundationEssentials
import Glibc
import ImageStore

/// The user and mount namespace in which a user who is not root runs containers.
///
/// All invocations of one user share it, because a process cannot signal, look into or unmount what lives in another
/// one; a small process holds it between them.
public enum UserNamespace {
    /// Whether this process's IDs are mapped: it is root only in a namespace of its own.
    public static var isActive: Bool { !UserIDMap.isIdentity }

    /// The user ID outside the namespace.
    static var outerUserID: UInt32 {
        let map = ((try? Files.readText("/proc/self/uid_map")) ?? "").split(whereSeparator: \.isWhitespace)
        return isActive && map.count >= 3 ? UInt32(map[1]) ?? geteuid() : geteuid()
    }

    /// Whether the namespace has more than the user's own ID.
    static var hasSubordinateIDs: Bool {
        let lines = ((try? Files.readText("/proc/self/gid_map")) ?? "").split(separator: "\n")
        return lines.contains { ($0.split(separator: " ").last.flatMap { UInt32($0) } ?? 0) > 1 }
    }

    /// Where this user's files go that need not outlive a reboot.
    static var runDirectory: String {
        let base = getenv("XDG_RUNTIME_DIR").map { String(cString: $0) } ?? "/tmp/dockerlite-run-\(outerUserID)"
        return base + "/dockerlite"
    }

    /// Moves this process into the user's namespace, which is made when it isn't there. For root, and inside, nothing
    /// happens.
    ///
    /// It must be called first thing in the program: setns(2) refuses a process with more than one thread.
    public static func enter() throws {
        guard geteuid() != 0, !isActive else { return }
        let directory = runDirectory
        try Files.makeDirectories(directory)
        try checkOwner(of: directory)
        let holder = try FileLock.holding(directory + "/holder.lock", .exclusive) {
            try runningHolder(directory) ?? startHolder(directory)
        }
        guard clinux_join_namespace_holder(holder.pid) == 0 else {
            throw ContainerError.system(
                "join the user namespace of process \(holder.pid): \(String(cString: strerror(errno)))")
        }
    }

    /// Does so where trees of files lie below one of `directories`: they belong to the namespace's IDs.
    public static func enter(ifTreesIn directories: [String]) throws {
        guard directories.contains(where: { (try? Files.names(in: $0))?.isEmpty == false }) else { return }
        try enter()
    }

    /// Below /tmp someone else may have been first.
    private static func checkOwner(of directory: String) throws(ContainerError) {
        guard let status = Files.status(directory), status.st_uid == geteuid(), status.st_mode & 0o022 == 0 else {
            throw .system("\(directory) belongs to another user; set XDG_RUNTIME_DIR to a directory of yours")
        }
    }

    private static func runningHolder(_ directory: String) throws -> ProcessIdentity? {
        guard let bytes = try? Files.read(directory + "/holder.json") else { return nil }
        let identity = try? JSONDecoder().decode(ProcessIdentity.self, from: Data(bytes))
        return identity?.isAlive == true ? identity : nil
    }

    private static func startHolder(_ directory: String) throws -> ProcessIdentity {
        var ready = try Pipe()
        var go = try Pipe()
        let pid = clinux_start_namespace_holder(ready.writer, go.reader)
        guard pid > 0 else { throw ContainerError.system("fork: \(String(cString: strerror(errno)))") }
        ready.closeWriter()
        go.closeReader()
        var byte: UInt8 = 0
        guard read(ready.reader, &byte, 1) == 1 else {
            throw ContainerError.missing(
                "user namespaces are not allowed here: set the sysctl user.max_user_namespaces (and kernel.unprivileged_userns_clone, where it exists) above 0"
            )
        }
        try mapIDs(of: pid)
        _ = clinux_write_quietly(go.writer, &byte, 1)
        guard read(ready.reader, &byte, 1) == 1, let identity = ProcessIdentity(pid: pid) else {
            throw ContainerError.system("the process that holds the user namespace has ended")
        }
        try Files.writeAtomically(try JSONText.encode(identity), to: directory + "/holder.json")
        return identity
    }

    /// The user becomes root, the subordinate IDs 1 and up; without such IDs there is only root.
    private static func mapIDs(of pid: Int32) throws {
        let (uid, gid) = (geteuid(), getegid())
        let name = getpwuid(uid).map { String(cString: $0.pointee.pw_name) } ?? ""
        let users = IDRange.first(in: (try? Files.readText("/etc/subuid")) ?? "", user: name, uid: uid)
        let groups = IDRange.first(in: (try? Files.readText("/etc/subgid")) ?? "", user: name, uid: uid)
        guard let users, let groups else {
            try write("deny", "/proc/\(pid)/setgroups")
            try write("0 \(uid) 1", "/proc/\(pid)/uid_map")
            return try write("0 \(gid) 1", "/proc/\(pid)/gid_map")
        }
        for (tool, own, range) in [("newuidmap", uid, users), ("newgidmap", gid, groups)] {
            let program = try Program.find(tool, package: "uidmap")
            let numbers = ["0", String(own), "1", "1", String(range.start), String(range.count)]
            let output = try ChildProcess.capture(program, [String(pid)] + numbers)
            guard output.exitCode == 0 else { throw ContainerError.system("\(tool): \(output.standardError)") }
        }
    }

    private static func write(_ text: String, _ path: String) throws {
        let file = try OwnedFD(opening: path, flags: O_WRONLY)
        let bytes = Array(text.utf8)
        guard Glibc.write(file.rawValue, bytes, bytes.count) == bytes.count else {
            throw IOError(errno: errno, operation: "write", path: path)
        }
    }
}
