// SPDX-License-Identifier: Apache-2.0
import Containers

/// Options about the container's file systems.
struct FileFlags: Sendable {
    private let volumes: Flag<[String]>
    private let mounts: Flag<[MountSpec]>
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
            do { value.append(try MountSpec(mount: fields)) } catch let error as ContainerError {
                throw FlagError(error.message)
            }
        }
        tmpfs = flags.list("tmpfs", "Mount a tmpfs directory")
        volumesFrom = flags.list("volumes-from", "Mount volumes from the specified container(s)")
        readOnly = flags.bool("read-only", "Mount the container's root filesystem as read only")
        shmSize = flags.bytes("shm-size", "Size of /dev/shm")
    }

    func apply(_ parsed: ParsedArguments, to spec: inout ContainerSpec, _ context: Context) throws {
        for text in parsed[volumes] {
            let isRelative = text.hasPrefix("./") || text.hasPrefix("../") || text.hasPrefix(".:")
            spec.mounts.append(try MountSpec(volume: isRelative ? context.absolute(text) : text))
        }
        spec.mounts += parsed[mounts]
        for text in parsed[tmpfs] { spec.mounts.append(try MountSpec(tmpfs: text)) }
        spec.volumesFrom = parsed[volumesFrom]
        spec.readOnlyRoot = parsed[readOnly]
        spec.shmSize = parsed[shmSize] == 0 ? nil : parsed[shmSize]
    }
}
