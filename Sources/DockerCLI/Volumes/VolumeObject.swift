// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat

/// A volume as `inspect` shows it.
struct VolumeObject {
    private let volume: Volume

    private let style: RowStyle

    init(_ volume: Volume, style: RowStyle) {
        self.style = style
        self.volume = volume
    }

    var inspected: InspectedObject { InspectedObject(raw, as: .volumeInspect, style: style) }

    private var created: String { Timestamp(unixSeconds: volume.created.unixSeconds).rfc3339(fraction: .asNeeded) }
    private var labels: [String: String]? { volume.allLabels.isEmpty ? nil : volume.allLabels }
    private var options: [String: String]? { volume.options.isEmpty ? nil : volume.options }

    private var raw: JSONValue {
        var object = ObjectBuilder()
        object.add("CreatedAt", .string(created))
        object.add("Driver", .string(volume.driver))
        object.add("Labels", labels.map { .map($0) } ?? .null)
        object.add("Mountpoint", .string(volume.mountpoint))
        object.add("Name", .string(volume.name))
        object.add("Options", options.map { .map($0) } ?? .null)
        object.add("Scope", .string("local"))
        return object.value
    }
}
