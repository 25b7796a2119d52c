// SPDX-License-Identifier: Apache-2.0
import Containers
import Glibc

/// The machine, as `info` describes it.
public struct HostDescription: Sendable, Hashable {
    public var name: String
    /// `uname -r`.
    public var kernelVersion: String
    /// `uname -m`.
    public var machine: String
    /// `Debian GNU/Linux 12 (bookworm)`.
    public var operatingSystem: String
    /// `12`.
    public var operatingSystemVersion: String
    public var processors: Int
    /// Bytes.
    public var memory: Int64
    /// `1` or `2`.
    public var cgroupVersion: String
    /// Root of the machine, not of a user namespace.
    public var isRoot: Bool

    public static func current() -> HostDescription {
        var names = utsname()
        uname(&names)
        let release = osRelease()
        let pages = sysconf(Int32(_SC_PHYS_PAGES))
        return HostDescription(
            name: text(names.nodename), kernelVersion: text(names.release), machine: text(names.machine),
            operatingSystem: release["PRETTY_NAME"] ?? "Linux", operatingSystemVersion: release["VERSION_ID"] ?? "",
            processors: sysconf(Int32(_SC_NPROCESSORS_ONLN)),
            memory: Int64(pages) * Int64(sysconf(Int32(_SC_PAGESIZE))),
            cgroupVersion: access("/sys/fs/cgroup/cgroup.controllers", F_OK) == 0 ? "2" : "1",
            isRoot: geteuid() == 0 && !UserNamespace.isActive)
    }

    private static func text(_ field: some Any) -> String {
        withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }

    /// The fields of os-release(5), without their quotes.
    private static func osRelease() -> [String: String] {
        guard let file = fopen("/etc/os-release", "re") else { return [:] }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 16 << 10)
        let count = fread(&bytes, 1, bytes.count, file)
        var fields: [String: String] = [:]
        for line in String(decoding: bytes[..<count], as: UTF8.self).split(separator: "\n") {
            guard let mark = line.firstIndex(of: "=") else { continue }
            fields[String(line[..<mark])] = line[line.index(after: mark)...].filter { $0 != "\"" && $0 != "'" }
        }
        return fields
    }
}
