// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat

/// Options about rights and namespaces.
struct SecurityFlags: Sendable {
    private let privileged: Flag<Bool>
    private let added: Flag<[String]>
    private let dropped: Flag<[String]>
    private let options: Flag<[String]>
    private let devices: Flag<[String]>
    private let deviceRules: Flag<[String]>
    private let sysctls: Flag<[NamedValue]>
    private let pid: Flag<String>
    private let ipc: Flag<String>
    private let uts: Flag<String>
    private let user: Flag<String>
    private let cgroup: Flag<String>

    init(_ flags: inout FlagSet) {
        privileged = flags.bool("privileged", "Give extended privileges to this container")
        added = flags.list("cap-add", "Add Linux capabilities")
        dropped = flags.list("cap-drop", "Drop Linux capabilities")
        options = flags.list("security-opt", "Security Options")
        devices = flags.list("device", "Add a host device to the container")
        deviceRules = flags.list("device-cgroup-rule", "Add a rule to the cgroup allowed devices list") { text in
            guard text.wholeMatch(of: /[acb] ([0-9]+|\*):([0-9]+|\*) [rwm]{1,3}/) != nil else {
                throw FlagError("invalid device cgroup format '\(text)'")
            }
            return text
        }
        sysctls = flags.map("sysctl", "Sysctl options", check: Self.checked(sysctl:))
        pid = flags.string("pid", "PID namespace to use")
        ipc = flags.string("ipc", "IPC mode to use")
        uts = flags.string("uts", "UTS namespace to use")
        user = flags.string("userns", "User namespace to use")
        cgroup = flags.string(
            "cgroupns",
            """
            Cgroup namespace to use (host|private)
            'host':    Run the container in the Docker host's cgroup namespace
            'private': Run the container in its own private cgroup namespace
            '':        Use the cgroup namespace as configured by the
                       default-cgroupns-mode option on the daemon (default)
            """)
    }

    func apply(_ parsed: ParsedArguments, to spec: inout ContainerSpec, _ context: Context) throws {
        spec.privileged = parsed[privileged]
        spec.capabilitiesAdded = parsed[added]
        spec.capabilitiesDropped = parsed[dropped]
        spec.securityOptions = try parsed[options].map { try Self.expanded($0, context) }
        spec.devices = try parsed[devices].map { try DeviceSpec(parsing: $0) }
        spec.deviceCgroupRules = parsed[deviceRules]
        for sysctl in parsed[sysctls] { spec.sysctls[sysctl.name] = sysctl.value }
        spec.pidNamespace = try NamespaceMode(parsing: parsed[pid], flag: "pid")
        spec.ipcNamespace = try NamespaceMode(parsing: parsed[ipc], flag: "ipc")
        spec.utsNamespace = try NamespaceMode(parsing: parsed[uts], flag: "uts")
        spec.userNamespace = try NamespaceMode(parsing: parsed[user], flag: "userns")
        if parsed[cgroup] == "private", !HostFacts.current().usesCgroupV2 {
            throw StatusError("--cgroupns private is not supported with cgroups of version 1: run without it")
        }
        spec.cgroupNamespace = try NamespaceMode(parsing: parsed[cgroup], flag: "cgroupns")
    }

    /// Only what is separate for each container may be set, as docker's client has it.
    private static func checked(sysctl text: String) throws -> String {
        let whole: Set = [
            "kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shmall", "kernel.shmmax",
            "kernel.shmmni", "kernel.shm_rmid_forced",
        ]
        guard let name = NamedValue(text)?.name,
            whole.contains(name) || name.hasPrefix("net.") || name.hasPrefix("fs.mqueue.")
        else { throw FlagError("sysctl '\(text)' is not allowed") }
        return text
    }

    /// A seccomp profile is a file of the client: its content goes into the spec.
    private static func expanded(_ option: String, _ context: Context) throws -> String {
        let parts = option.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "=" || $0 == ":" }
        guard parts[0] == "no-new-privileges" || (parts.count == 2 && !parts[1].isEmpty) else {
            throw StatusError("Invalid --security-opt: \"\(option)\"")
        }
        guard let pair = NamedValue(option), pair.name == "seccomp", pair.value != "unconfined", pair.value != "builtin"
        else { return option }
        let profile: [UInt8]
        do { profile = try UserFile(pair.value, context).read(limit: 4 << 20) } catch {
            throw StatusError("opening seccomp profile (\(pair.value)) failed: \(error)")
        }
        do { _ = try JSONParser.parse(profile) } catch {
            throw StatusError("compacting json for seccomp profile (\(pair.value)) failed: \(error)")
        }
        return "seccomp=" + String(decoding: profile, as: UTF8.self)
    }
}
