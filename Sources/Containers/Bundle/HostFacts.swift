// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What the bundle depends on of this machine.
public struct HostFacts: Sendable, Equatable {
    public var hostname: String
    /// uname -m.
    public var machine: String
    public var processors: Int
    /// The effective capabilities of this process, a bit each (capabilities(7)): no container can have more.
    public var capabilities: UInt64
    /// Whether the unified cgroup hierarchy is the only one.
    public var usesCgroupV2: Bool
    public var resolvConf: String
    public var hosts: String
    /// Loaded AppArmor profiles' names; empty without AppArmor.
    public var appArmorProfiles: Set<String>
    /// Root of the machine, not only of a user namespace.
    public var isRoot: Bool
    /// Whether more IDs than one are mapped in the user namespace of a user who is not root.
    public var hasSubordinateIDs: Bool
    /// Whether a mount can be made read-only with all that is mounted below it (mount_setattr(2), Linux 5.12).
    public var bindsRecursivelyReadOnly = false

    /// Go's name of the architecture, which seccomp profiles in docker's dialect use.
    var architecture: String {
        switch machine {
        case "x86_64": "amd64"
        case "aarch64": "arm64"
        default: machine
        }
    }

    public static func current() -> HostFacts {
        var name = utsname()
        uname(&name)
        func text(_ field: some Any) -> String {
            withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        }
        let profiles = (try? Files.readText("/sys/kernel/security/apparmor/profiles")) ?? ""
        return HostFacts(
            hostname: text(name.nodename), machine: text(name.machine),
            processors: sysconf(Int32(_SC_NPROCESSORS_ONLN)),
            capabilities: effectiveCapabilities(),
            usesCgroupV2: Files.exists("/sys/fs/cgroup/cgroup.controllers"),
            resolvConf: (try? Files.readText("/etc/resolv.conf")) ?? "",
            hosts: (try? Files.readText("/etc/hosts")) ?? "",
            appArmorProfiles: Set(profiles.split(separator: "\n").map { String($0.prefix { $0 != " " }) }),
            isRoot: geteuid() == 0 && !UserNamespace.isActive,
            hasSubordinateIDs: UserNamespace.hasSubordinateIDs,
            bindsRecursivelyReadOnly: isAtLeast((5, 12), release: text(name.release))
        )
    }

    private static func effectiveCapabilities() -> UInt64 {
        let lines = ((try? Files.readText("/proc/self/status")) ?? "").split(separator: "\n")
        let line = lines.first { $0.hasPrefix("CapEff:") }
        return line.flatMap { UInt64($0.drop { !$0.isWhitespace }.filter { !$0.isWhitespace }, radix: 16) } ?? .max
    }

    private static func isAtLeast(_ version: (Int, Int), release: String) -> Bool {
        let numbers = release.split(separator: ".").prefix(2).map { Int($0.prefix(while: \.isNumber)) ?? 0 }
        return numbers.count == 2 && (numbers[0], numbers[1]) >= version
    }
}
