// SPDX-License-Identifier: Apache-2.0
import GoTemplate

extension GoType {
    /// api/types/container/hostconfig.go
    static let hostConfig = structure(
        "container.HostConfig", hostFields + [.embedded("Resources", resources)] + pathFields)

    private static let hostFields: [Field] = [
        .field("Binds", strings), .field("ContainerIDFile", .string),
        .field("LogConfig", structure("container.LogConfig", [.field("Type", .string), .field("Config", stringMap)])),
        .field("NetworkMode", text("container.NetworkMode")), .field("PortBindings", portMap),
        .field(
            "RestartPolicy",
            structure(
                "container.RestartPolicy",
                [.field("Name", text("container.RestartPolicyMode")), .field("MaximumRetryCount", .int)])),
        .field("AutoRemove", .bool), .field("VolumeDriver", .string), .field("VolumesFrom", strings),
        .field("ConsoleSize", .array(count: 2, .uint)), .optional("Annotations", stringMap),
        .field("CapAdd", strSlice), .field("CapDrop", strSlice),
        .field("CgroupnsMode", text("container.CgroupnsMode")), .field("DNS", strings, json: "Dns"),
        .field("DNSOptions", strings, json: "DnsOptions"), .field("DNSSearch", strings, json: "DnsSearch"),
        .field("ExtraHosts", strings), .field("GroupAdd", strings), .field("IpcMode", text("container.IpcMode")),
        .field("Cgroup", text("container.CgroupSpec")), .field("Links", strings), .field("OomScoreAdj", .int),
        .field("PidMode", text("container.PidMode")), .field("Privileged", .bool), .field("PublishAllPorts", .bool),
        .field("ReadonlyRootfs", .bool), .field("SecurityOpt", strings), .optional("StorageOpt", stringMap),
        .optional("Tmpfs", stringMap), .field("UTSMode", text("container.UTSMode")),
        .field("UsernsMode", text("container.UsernsMode")), .field("ShmSize", .int64),
        .optional("Sysctls", stringMap), .optional("Runtime", .string),
        .field("Isolation", text("container.Isolation")),
    ]

    private static let pathFields: [Field] = [
        .optional("Mounts", .slice(mount)), .field("MaskedPaths", strings),
        .field("ReadonlyPaths", strings), .optional("Init", .pointer(.bool)),
    ]

    private static let resources = structure(
        "container.Resources",
        [
            .field("CPUShares", .int64, json: "CpuShares"), .field("Memory", .int64),
            .field("NanoCPUs", .int64, json: "NanoCpus"), .field("CgroupParent", .string),
            .field("BlkioWeight", .uint16), .field("BlkioWeightDevice", .slice(.pointer(weightDevice))),
            .field("BlkioDeviceReadBps", throttles), .field("BlkioDeviceWriteBps", throttles),
            .field("BlkioDeviceReadIOps", throttles), .field("BlkioDeviceWriteIOps", throttles),
            .field("CPUPeriod", .int64, json: "CpuPeriod"), .field("CPUQuota", .int64, json: "CpuQuota"),
            .field("CPURealtimePeriod", .int64, json: "CpuRealtimePeriod"),
            .field("CPURealtimeRuntime", .int64, json: "CpuRealtimeRuntime"), .field("CpusetCpus", .string),
            .field("CpusetMems", .string), .field("Devices", .slice(deviceMapping)),
            .field("DeviceCgroupRules", strings), .field("DeviceRequests", .slice(deviceRequest)),
            .optional("KernelMemory", .int64), .optional("KernelMemoryTCP", .int64),
            .field("MemoryReservation", .int64), .field("MemorySwap", .int64),
            .field("MemorySwappiness", .pointer(.int64)), .field("OomKillDisable", .pointer(.bool)),
            .field("PidsLimit", .pointer(.int64)), .field("Ulimits", .slice(.pointer(ulimit))),
            .field("CPUCount", .int64, json: "CpuCount"), .field("CPUPercent", .int64, json: "CpuPercent"),
            .field("IOMaximumIOps", .uint64), .field("IOMaximumBandwidth", .uint64),
        ])

    private static let weightDevice = structure(
        "blkiodev.WeightDevice", [.field("Path", .string), .field("Weight", .uint16)])
    private static let throttles = GoType.slice(
        .pointer(structure("blkiodev.ThrottleDevice", [.field("Path", .string), .field("Rate", .uint64)])))
    private static let deviceMapping = structure(
        "container.DeviceMapping",
        [.field("PathOnHost", .string), .field("PathInContainer", .string), .field("CgroupPermissions", .string)])
    private static let deviceRequest = structure(
        "container.DeviceRequest",
        [
            .field("Driver", .string), .field("Count", .int), .field("DeviceIDs", strings),
            .field("Capabilities", .slice(strings)), .field("Options", stringMap),
        ])
    private static let ulimit = structure(
        "units.Ulimit", [.field("Name", .string), .field("Hard", .int64), .field("Soft", .int64)])
}
