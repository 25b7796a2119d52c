// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat

extension Container {
    /// docker's `HostConfig`: what the container asks of the machine, in the order of the Go struct.
    var hostConfig: JSONValue {
        var object = ObjectBuilder()
        addFilesAndNetwork(&object)
        addRights(&object)
        addLimits(&object)
        let hidesPaths = !spec.privileged && !spec.securityOptions.contains("systempaths=unconfined")
        let mounts = spec.mounts.filter { $0.flag == .mount }
        if !mounts.isEmpty { object.add("Mounts", .array(mounts.map(\.inspected))) }
        object.add("MaskedPaths", hidesPaths ? .texts(Self.maskedPaths) : .null)
        object.add("ReadonlyPaths", hidesPaths ? .texts(Self.readonlyPaths) : .null)
        if spec.runsInit { object.add("Init", .bool(true)) }
        return object.value
    }

    private static let maskedPaths = [
        "/proc/asound", "/proc/acpi", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
        "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/proc/scsi", "/sys/firmware",
        "/sys/devices/virtual/powercap",
    ]
    private static let readonlyPaths = [
        "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger",
    ]

    private func addFilesAndNetwork(_ object: inout ObjectBuilder) {
        object.add("Binds", .texts(spec.mounts.compactMap(\.bindText)))
        object.add("ContainerIDFile", .string(""))
        object.add("LogConfig", ["Type": .string(spec.logDriver ?? "json-file"), "Config": .object([])])
        object.add("NetworkMode", .string(spec.network.description))
        object.add("PortBindings", portBindings)
        object.add("RestartPolicy", restartPolicy)
        object.add("AutoRemove", .bool(spec.autoRemove))
        object.add("VolumeDriver", .string(""))
        object.add("VolumesFrom", .texts(spec.volumesFrom))
        object.add("ConsoleSize", .array([.integer(0), .integer(0)]))
        if !spec.annotations.isEmpty { object.add("Annotations", .map(spec.annotations)) }
    }

    private func addRights(_ object: inout ObjectBuilder) {
        object.add("CapAdd", .texts(spec.capabilitiesAdded))
        object.add("CapDrop", .texts(spec.capabilitiesDropped))
        // With cgroups of version 1 a container gets the machine's view, also by default.
        let cgroupMode = HostFacts.current().usesCgroupV2 ? "private" : "host"
        object.add("CgroupnsMode", .string(spec.cgroupNamespace.text(isolated: cgroupMode)))
        object.add("Dns", .array(spec.dnsServers.map { .string($0) }))
        object.add("DnsOptions", .array(spec.dnsOptions.map { .string($0) }))
        object.add("DnsSearch", .array(spec.dnsSearch.map { .string($0) }))
        object.add("ExtraHosts", .texts(spec.extraHosts))
        object.add("GroupAdd", .texts(spec.groupsAdded))
        object.add("IpcMode", .string(spec.ipcNamespace.text(isolated: "private")))
        object.add("Cgroup", .string(""))
        object.add("Links", .null)
        object.add("OomScoreAdj", .integer(spec.oomScoreAdjustment ?? 0))
        object.add("PidMode", .string(spec.pidNamespace.text(isolated: "")))
        object.add("Privileged", .bool(spec.privileged))
        object.add("PublishAllPorts", .bool(spec.publishAll))
        object.add("ReadonlyRootfs", .bool(spec.readOnlyRoot))
        object.add("SecurityOpt", .texts(spec.securityOptions))
        let tmpfs = spec.mounts.filter { $0.flag == .tmpfs }
        if !tmpfs.isEmpty {
            object.add("Tmpfs", .map(Dictionary(tmpfs.map { ($0.target, $0.tmpfsOptions) }) { $1 }))
        }
        object.add("UTSMode", .string(spec.utsNamespace.text(isolated: "")))
        object.add("UsernsMode", .string(spec.userNamespace.text(isolated: "")))
        object.add("ShmSize", .integer(spec.shmSize ?? 64 << 20))
        if !spec.sysctls.isEmpty { object.add("Sysctls", .map(spec.sysctls)) }
        object.add("Runtime", .string(spec.runtime ?? "runc"))
        object.add("Isolation", .string(""))
    }

    private func addLimits(_ object: inout ObjectBuilder) {
        let limits = spec.resources
        object.add("CpuShares", .integer(limits.cpuShares ?? 0))
        object.add("Memory", .integer(limits.memory ?? 0))
        object.add("NanoCpus", .integer(limits.nanoCPUs ?? 0))
        object.add("CgroupParent", .string(spec.cgroupParent ?? ""))
        object.add("BlkioWeight", .integer(limits.blkioWeight ?? 0))
        for name in ["WeightDevice", "DeviceReadBps", "DeviceWriteBps", "DeviceReadIOps", "DeviceWriteIOps"] {
            object.add("Blkio" + name, .array([]))
        }
        object.add("CpuPeriod", .integer(limits.cpuPeriod ?? 0))
        object.add("CpuQuota", .integer(limits.cpuQuota ?? 0))
        object.add("CpuRealtimePeriod", .integer(0))
        object.add("CpuRealtimeRuntime", .integer(0))
        object.add("CpusetCpus", .string(limits.cpusetCPUs ?? ""))
        object.add("CpusetMems", .string(limits.cpusetMemoryNodes ?? ""))
        object.add("Devices", .array(spec.devices.map(\.inspected)))
        object.add("DeviceCgroupRules", .texts(spec.deviceCgroupRules))
        object.add("DeviceRequests", .null)
        object.add("MemoryReservation", .integer(limits.memoryReservation ?? 0))
        object.add("MemorySwap", .integer(limits.memorySwap ?? 0))
        object.add("MemorySwappiness", limits.memorySwappiness.map { .integer($0) } ?? .null)
        object.add("OomKillDisable", limits.oomKillDisabled ? .bool(true) : .null)
        object.add("PidsLimit", limits.pidsLimit.map { .integer($0) } ?? .null)
        object.add("Ulimits", .array(spec.ulimits.map(\.inspected)))
        for name in ["CpuCount", "CpuPercent", "IOMaximumIOps", "IOMaximumBandwidth"] {
            object.add(name, .integer(0))
        }
    }

    private var portBindings: JSONValue {
        let keys = Set(spec.publishedPorts.map(\.containerKey)).sorted()
        return .object(
            keys.map { key in
                let bindings = spec.publishedPorts.filter { $0.containerKey == key }
                return JSONValue.Member(
                    key,
                    .array(
                        bindings.map {
                            [
                                "HostIp": .string($0.hostIP),
                                "HostPort": .string($0.hostPort == 0 ? "" : "\($0.hostPort)"),
                            ]
                        }))
            })
    }

    private var restartPolicy: JSONValue {
        var retries = 0
        if case .onFailure(let maximum) = spec.restartPolicy { retries = maximum }
        return ["Name": .string(spec.restartPolicy.name), "MaximumRetryCount": .integer(retries)]
    }
}

extension NamespaceMode {
    fileprivate func text(isolated: String) -> String {
        switch self {
        case .isolated: isolated
        case .host: "host"
        case .container(let name): "container:\(name)"
        case .shareable: "shareable"
        case .none: "none"
        }
    }
}

extension MountSpec {
    /// What `-v` said; nil for what another option asked for.
    fileprivate var bindText: String? {
        guard flag == .volume, let source else { return nil }
        return "\(source):\(target)" + (mode.isEmpty ? "" : ":\(mode)")
    }
}

extension DeviceSpec {
    fileprivate var inspected: JSONValue {
        [
            "PathOnHost": .string(hostPath), "PathInContainer": .string(containerPath),
            "CgroupPermissions": .string(permissions),
        ]
    }
}

extension ResourceLimit {
    fileprivate var inspected: JSONValue {
        ["Name": .string(name), "Hard": .integer(hard), "Soft": .integer(soft)]
    }
}
