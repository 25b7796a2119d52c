// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat
import ImageStore
import OCI

/// A container as `inspect` shows it: the members, their order and their nulls are those of docker 28's API 1.51.
struct ContainerObject {
    let container: Container
    let paths: ContainerPaths
    /// Bytes that the container wrote, and of its image; nil when not asked for.
    let sizes: (written: Int64, image: Int64)?
    private let style: RowStyle

    init(_ name: String, showsSize: Bool, style: RowStyle, _ host: ContainerHost) throws {
        self.style = style
        container = try host.engine.inspect(String(name.drop { $0 == "/" }))
        paths = try host.engine.paths(of: container.id)
        var sizes: (Int64, Int64)?
        if showsSize {
            sizes = (try host.engine.size(container.id.hex), try host.store.find(container.imageID)?.size ?? 0)
        }
        self.sizes = sizes
    }

    var inspected: InspectedObject { InspectedObject(raw, as: .containerInspect, style: style) }

    private var raw: JSONValue {
        let arguments = container.processArguments
        var object = ObjectBuilder()
        object.add("Id", .string(container.id.hex))
        object.add("Created", .time(container.created))
        object.add("Path", .string(arguments.first ?? ""))
        object.add("Args", .array(arguments.dropFirst().map { .string($0) }))
        object.add("State", state)
        object.add("Image", .string(container.imageID))
        object.add("ResolvConfPath", .string(paths.resolvConf))
        object.add("HostnamePath", .string(paths.hostname))
        object.add("HostsPath", .string(paths.hosts))
        object.add("LogPath", .string(container.spec.logDriver == "none" ? "" : paths.log))
        object.add("Name", .string("/" + container.name))
        object.add("RestartCount", .integer(container.state.restartCount))
        object.add("Driver", .string(container.driver.rawValue))
        object.add("Platform", .string("linux"))
        object.add("MountLabel", .string(""))
        object.add("ProcessLabel", .string(""))
        object.add("AppArmorProfile", .string(""))
        object.add("ExecIDs", .null)
        object.add("HostConfig", container.hostConfig)
        object.add("GraphDriver", graphDriver)
        if let sizes {
            object.add("SizeRw", .integer(sizes.written))
            object.add("SizeRootFs", .integer(sizes.written + sizes.image))
        }
        object.add("Mounts", .array(container.listedMounts.map(\.inspected)))
        object.add("Config", container.inspectedConfig)
        object.add("NetworkSettings", container.networkSettings)
        return object.value
    }

    private var graphDriver: JSONValue {
        let data: JSONValue =
            container.driver == .overlay
            ? .object([
                JSONValue.Member("LowerDir", .string(container.layers.reversed().joined(separator: ":"))),
                JSONValue.Member("MergedDir", .string(paths.merged)),
                JSONValue.Member("UpperDir", .string(paths.upper)), JSONValue.Member("WorkDir", .string(paths.work)),
            ]) : .null
        return .object([
            JSONValue.Member("Data", data), JSONValue.Member("Name", .string(container.driver.rawValue)),
        ])
    }

    private var state: JSONValue {
        let state = container.state
        var object = ObjectBuilder()
        object.add("Status", .string(state.status.rawValue))
        object.add("Running", .bool(state.isActive || state.status == .restarting))
        object.add("Paused", .bool(state.status == .paused))
        object.add("Restarting", .bool(state.status == .restarting))
        object.add("OOMKilled", .bool(state.wasOOMKilled))
        object.add("Dead", .bool(state.status == .dead))
        object.add("Pid", .integer(state.process?.pid ?? 0))
        object.add("ExitCode", .integer(state.exitCode))
        object.add("Error", .string(state.error))
        object.add("StartedAt", .time(state.startedAt))
        object.add("FinishedAt", .time(state.finishedAt))
        if let health = state.health { object.add("Health", health.inspected) }
        return object.value
    }
}

extension JSONValue {
    /// Go's time.Time.
    static func time(_ time: Timestamp) -> JSONValue { .string(time.rfc3339(fraction: .asNeeded)) }

    /// A list of texts; null when it is empty, as Go's nil slices.
    static func texts(_ texts: [String]) -> JSONValue {
        texts.isEmpty ? .null : .array(texts.map { .string($0) })
    }
}

extension HealthState {
    fileprivate var inspected: JSONValue {
        var object = ObjectBuilder()
        object.add("Status", .string(status.rawValue))
        object.add("FailingStreak", .integer(failingStreak))
        object.add(
            "Log",
            .array(
                log.map { probe in
                    .object([
                        JSONValue.Member("Start", .time(probe.start)), JSONValue.Member("End", .time(probe.end)),
                        JSONValue.Member("ExitCode", .integer(probe.exitCode)),
                        JSONValue.Member("Output", .string(probe.output)),
                    ])
                }))
        return object.value
    }
}

extension MountPoint {
    fileprivate var inspected: JSONValue {
        var object = ObjectBuilder()
        object.add("Type", .string(kind.rawValue))
        object.addText("Name", name ?? "")
        object.add("Source", .string(source))
        object.add("Destination", .string(destination))
        object.addText("Driver", driver ?? "")
        object.add("Mode", .string(mode))
        object.add("RW", .bool(writable))
        object.add("Propagation", .string(propagation))
        return object.value
    }
}
