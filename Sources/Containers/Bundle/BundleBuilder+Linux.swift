// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

extension BundleBuilder {
    func linux(capabilities: Set<String>, security: SecurityOptions) throws -> RuntimeLinux {
        let open = spec.privileged || security.unconfinedSystemPaths
        let (nodes, rules) = try devices()
        var resources = RuntimeResources(spec.resources)
        resources.devices = rules
        return RuntimeLinux(
            namespaces: namespaceList(),
            devices: nodes.isEmpty ? nil : nodes,
            // Without root there is no cgroup to put limits on, unless one was delegated.
            cgroupsPath: host.isRoot ? container.cgroupPath : nil,
            resources: host.isRoot ? resources : nil,
            rootfsPropagation: rootPropagation,
            seccomp: try seccomp(capabilities: capabilities, security: security),
            sysctl: sysctls(),
            maskedPaths: open ? nil : Self.maskedPaths,
            readonlyPaths: open ? nil : Self.readonlyPaths
        )
    }

    /// Host information that a container has no business with (docker's default set).
    static let maskedPaths = [
        "/proc/asound", "/proc/acpi", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
        "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware",
        "/sys/devices/virtual/powercap",
    ]

    static let readonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"]

    private func namespaceList() -> [RuntimeLinux.Namespace] {
        var list = [RuntimeLinux.Namespace(type: "mount")]
        if spec.network != .host { list.append(RuntimeLinux.Namespace(type: "network", path: namespaces.network)) }
        if spec.utsNamespace != .host { list.append(RuntimeLinux.Namespace(type: "uts")) }
        if spec.pidNamespace != .host { list.append(RuntimeLinux.Namespace(type: "pid", path: namespaces.pid)) }
        if spec.ipcNamespace != .host { list.append(RuntimeLinux.Namespace(type: "ipc", path: namespaces.ipc)) }
        // docker: private with cgroup v2, the host's with v1.
        if host.usesCgroupV2, spec.cgroupNamespace != .host, !spec.privileged {
            list.append(RuntimeLinux.Namespace(type: "cgroup"))
        }
        return list
    }

    private var rootPropagation: String? {
        let words = Set(container.mounts.map(\.propagation))
        if words.contains("shared") || words.contains("rshared") { return "shared" }
        if words.contains("slave") || words.contains("rslave") { return "rslave" }
        return nil
    }

    /// In a network namespace of its own a container may bind low ports and ping without capabilities.
    private func sysctls() -> [String: String]? {
        var result: [String: String] = [:]
        if spec.network == .bridge || spec.network == .none {
            result["net.ipv4.ip_unprivileged_port_start"] = "0"
            if host.isRoot { result["net.ipv4.ping_group_range"] = "0 2147483647" }
        }
        let domain = container.configuration.domainName
        if !domain.isEmpty, spec.utsNamespace != .host { result["kernel.domainname"] = domain }
        result.merge(spec.sysctls) { _, user in user }
        return result.isEmpty ? nil : result
    }

    private func seccomp(capabilities: Set<String>, security: SecurityOptions) throws -> SeccompProfile? {
        let native = SeccompProfile.architectures(machine: host.machine)
        switch security.seccomp {
        case .unconfined: return nil
        case .standard:
            if spec.privileged || native.isEmpty { return nil }
            return .standard(capabilities: capabilities, architectures: native)
        case .profile(let json):
            do {
                return try JSONDecoder().decode(DockerSeccompProfile.self, from: Data(json.utf8))
                    .resolved(capabilities: capabilities, architecture: host.architecture, native: native)
            } catch {
                throw ContainerError.invalid("Decoding seccomp profile failed: \(error)")
            }
        }
    }
}
