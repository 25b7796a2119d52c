// SPDX-License-Identifier: Apache-2.0
import GoTemplate

extension GoType {
    /// What `container inspect` shows (api/types/container/container.go).
    static let containerInspect = structure(
        "container.InspectResponse",
        [
            .embedded("ContainerJSONBase", .pointer(containerBase)),
            .field("Mounts", .slice(mountPoint)),
            .field("Config", .pointer(containerConfig)),
            .field("NetworkSettings", .pointer(networkSettings)),
            .optional("ImageManifestDescriptor", .pointer(descriptor)),
        ])

    private static let containerBase = structure(
        "container.ContainerJSONBase",
        [
            .field("ID", .string, json: "Id"), .field("Created", .string), .field("Path", .string),
            .field("Args", strings), .field("State", .pointer(state)), .field("Image", .string),
            .field("ResolvConfPath", .string), .field("HostnamePath", .string), .field("HostsPath", .string),
            .field("LogPath", .string), .field("Name", .string), .field("RestartCount", .int),
            .field("Driver", .string), .field("Platform", .string), .field("MountLabel", .string),
            .field("ProcessLabel", .string), .field("AppArmorProfile", .string), .field("ExecIDs", strings),
            .field("HostConfig", .pointer(hostConfig)), .field("GraphDriver", driverData),
            .optional("SizeRw", .pointer(.int64)), .optional("SizeRootFs", .pointer(.int64)),
        ])

    private static let state = structure(
        "container.State",
        [
            .field("Status", .string), .field("Running", .bool), .field("Paused", .bool),
            .field("Restarting", .bool), .field("OOMKilled", .bool), .field("Dead", .bool), .field("Pid", .int),
            .field("ExitCode", .int), .field("Error", .string), .field("StartedAt", .string),
            .field("FinishedAt", .string), .optional("Health", .pointer(health)),
        ])

    private static let health = structure(
        "container.Health",
        [
            .field("Status", .string), .field("FailingStreak", .int),
            .field(
                "Log",
                .slice(
                    .pointer(
                        structure(
                            "container.HealthcheckResult",
                            [
                                .field("Start", time), .field("End", time), .field("ExitCode", .int),
                                .field("Output", .string),
                            ])))),
        ])

    private static let mountPoint = structure(
        "container.MountPoint",
        [
            .optional("Type", text("mount.Type")), .optional("Name", .string), .field("Source", .string),
            .field("Destination", .string), .optional("Driver", .string), .field("Mode", .string),
            .field("RW", .bool), .field("Propagation", text("mount.Propagation")),
        ])

    private static let containerConfig = structure(
        "container.Config",
        [
            .field("Hostname", .string), .field("Domainname", .string), .field("User", .string),
            .field("AttachStdin", .bool), .field("AttachStdout", .bool), .field("AttachStderr", .bool),
            .optional("ExposedPorts", named("nat.PortSet", .map(key: port, value: .structure([])))),
            .field("Tty", .bool), .field("OpenStdin", .bool), .field("StdinOnce", .bool), .field("Env", strings),
            .field("Cmd", strSlice), .optional("Healthcheck", .pointer(healthcheck)),
            .optional("ArgsEscaped", .bool), .field("Image", .string), .field("Volumes", keySet),
            .field("WorkingDir", .string), .field("Entrypoint", strSlice), .optional("NetworkDisabled", .bool),
            .optional("MacAddress", .string), .field("OnBuild", strings), .field("Labels", stringMap),
            .optional("StopSignal", .string), .optional("StopTimeout", .pointer(.int)),
            .optional("Shell", strSlice),
        ])

    /// moby/docker-image-spec, which containers share with images.
    static let healthcheck = structure(
        "v1.HealthcheckConfig",
        [
            .optional("Test", strings), .optional("Interval", duration), .optional("Timeout", duration),
            .optional("StartPeriod", duration), .optional("StartInterval", duration), .optional("Retries", .int),
        ])

    static let driverData = structure(
        "storage.DriverData", [.field("Data", stringMap), .field("Name", .string)])
}
