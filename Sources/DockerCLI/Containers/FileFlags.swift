// SPDX-License-Identifier: Apache-2.0
import Containers

/// Options about the container's file systems.
struct FileFlags: Sendable {
    private let volumes: Flag<[String]>
    private let mounts: Flag<[Result<MountSpec, ContainerError>]>
    private let tmpfs: Flag<[String]>
    private let volumesFrom: Flag<[String]>
    private let readOnly: Flag<Bool>
    private let shmSize: Flag<Int64>

    init(_ flags: inout FlagSet) {
        volumes = flags.list("volume", short: "v", "Bind mount a volume")
        mounts = flags.custom("mount", type: "mount", default: [], "Attach a filesystem mount to the container") {
            text, value in
            // Go's reader of comma-separated values finds no record.
            guard !text.isEmpty else { throw FlagError("EOF") }
            let fields = try CommaSeparatedValues.parse(text)
            // What docker's engine refuses counts when all options have been read.
            let mount = Result { () throws(ContainerError) in try MountSpec(mount: fields) }
            if case .failure(.syntax(let message)) = mount { throw FlagError(message) }
            value.append(mount)
        }
        tmpfs = flags.list("tmpfs", "Mount a tmpfs directory")
        volumesFrom = flags.list("volumes-from", "Mount volumes from the specified container(s)")
        readOnly = flags.bool("read-only", "Mount the container's root filesystem as read only")
        shmSize = flags.bytes("shm-size", "Size of /dev/shm")
    }

    func apply(_ parsed: ParsedArguments, to spec: inout ContainerSpec, _ context: Context) throws {
        for text in parsed[volumes] {
            _ = try MountSpec.fields(ofVolume: text)
            let isRelative = text.hasPrefix("./") || text.hasPrefix("../") || text.hasPrefix(".:")
            let mount = try MountSpec(volume: isRelative ? context.absolute(text) : text)
            // A path alone asks for what an image's VOLUME does.
            if mount.source == nil { spec.volumes.append(text) } else { spec.mounts.append(mount) }
        }
        for option in parsed[mounts] {
            var mount = try option.get()
            if mount.kind == .bind, let source = mount.source { mount.source = context.absolute(source) }
            spec.mounts.append(mount)
        }
        for text in parsed[tmpfs] { spec.mounts.append(try MountSpec(tmpfs: text)) }
        spec.volumesFrom = parsed[volumesFrom]
        spec.readOnlyRoot = parsed[readOnly]
        spec.shmSize = parsed[shmSize] == 0 ? nil : parsed[shmSize]
    }
}
