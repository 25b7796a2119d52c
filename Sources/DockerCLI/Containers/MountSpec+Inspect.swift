// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat

extension MountSpec {
    /// What `--mount` asked for, as docker's client sends it to the engine and the engine shows it
    /// (moby, api/types/mount).
    var inspected: JSONValue {
        var object = ObjectBuilder()
        object.add("Type", .string(kind.rawValue))
        object.addText("Source", source ?? "")
        object.add("Target", .string(target))
        object.addFlag("ReadOnly", readOnly)
        object.addText("Consistency", consistency)
        addOptions(to: &object)
        return object.value
    }

    private func addOptions(to object: inout ObjectBuilder) {
        var options = ObjectBuilder()
        switch kind {
        case .bind:
            options.addText("Propagation", propagation ?? "")
            options.addFlag("NonRecursive", recursion == .disabled)
            options.addFlag("ReadOnlyNonRecursive", recursion == .writable)
            options.addFlag("ReadOnlyForceRecursive", recursion == .readonly)
            if !options.isEmpty { object.add("BindOptions", options.value) }
        case .volume:
            guard !copiesUp || !volumeLabels.isEmpty || volumeDriver != nil else { return }
            options.addFlag("NoCopy", !copiesUp)
            if !volumeLabels.isEmpty { options.add("Labels", .map(volumeLabels)) }
            var driver = ObjectBuilder()
            driver.addText("Name", volumeDriver ?? "")
            options.add("DriverConfig", driver.value)
            object.add("VolumeOptions", options.value)
        case .tmpfs:
            for option in tmpfsOptions.split(separator: ",") {
                let pair = option.split(separator: "=", maxSplits: 1).map(String.init)
                guard pair.count == 2 else { continue }
                if pair[0] == "size", let size = Int64(pair[1]) { options.add("SizeBytes", .integer(size)) }
                if pair[0] == "mode", let mode = Int(pair[1], radix: 8) { options.add("Mode", .integer(mode)) }
            }
            if !options.isEmpty { object.add("TmpfsOptions", options.value) }
        }
    }
}

extension ObjectBuilder {
    /// Go leaves a false flag of these structs out.
    fileprivate mutating func addFlag(_ name: String, _ value: Bool) {
        if value { add(name, .bool(true)) }
    }
}
