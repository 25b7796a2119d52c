// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import OCI

/// Writes the config of a new image (OCI image spec, config.md): top-level keys sorted as docker's are, what is unset
/// left out. The keys `container`, `container_config` and `docker_version` are not written: they say on which machine and
/// with which program the image was made, and would make equal images different.
enum ImageConfigWriter {
    static func bytes(_ image: ImageConfig) -> [UInt8] {
        var members = Members()
        members.add("architecture", image.architecture, always: true)
        members.add("author", image.author)
        members.add("comment", image.comment)
        members.add("config", config(image.config))
        members.add("created", image.created ?? "")
        if let history = image.history { members.add("history", .array(history.map(entry))) }
        members.add("os", image.os, always: true)
        members.add("os.features", image.osFeatures)
        members.add("os.version", image.osVersion)
        members.add(
            "rootfs",
            ["type": "layers", "diff_ids": .array(image.rootfs.diffIDs.map { .string($0.description) })])
        members.add("variant", image.variant)
        return JSONWriter.bytes(members.value)
    }

    private static func config(_ config: ContainerConfig) -> JSONValue {
        var members = Members()
        members.add("User", config.user)
        members.add("ExposedPorts", keys: config.exposedPorts)
        members.add("Env", config.env)
        members.add("Cmd", config.cmd)
        if let check = config.healthcheck { members.add("Healthcheck", health(check)) }
        if config.argsEscaped { members.add("ArgsEscaped", .bool(true)) }
        members.add("Volumes", keys: config.volumes)
        members.add("WorkingDir", config.workingDir)
        members.add("Entrypoint", config.entrypoint)
        members.add("OnBuild", config.onBuild)
        if let labels = config.labels, !labels.isEmpty { members.add("Labels", .map(labels)) }
        members.add("StopSignal", config.stopSignal)
        if let timeout = config.stopTimeout { members.add("StopTimeout", .integer(timeout)) }
        members.add("Shell", config.shell)
        return members.value
    }

    private static func health(_ check: HealthConfig) -> JSONValue {
        var members = Members()
        members.add("Test", check.test)
        let durations = [
            ("Interval", check.interval), ("Timeout", check.timeout), ("StartPeriod", check.startPeriod),
            ("StartInterval", check.startInterval), ("Retries", Int64(check.retries)),
        ]
        for (name, value) in durations where value != 0 { members.add(name, .integer(value)) }
        return members.value
    }

    private static func entry(_ entry: HistoryEntry) -> JSONValue {
        var members = Members()
        members.add("created", entry.created ?? "")
        members.add("author", entry.author)
        members.add("created_by", entry.createdBy)
        members.add("comment", entry.comment)
        if entry.emptyLayer { members.add("empty_layer", .bool(true)) }
        return members.value
    }

    private struct Members {
        private var members: [JSONValue.Member] = []

        var value: JSONValue { .object(members) }

        mutating func add(_ name: String, _ value: JSONValue) { members.append(JSONValue.Member(name, value)) }

        mutating func add(_ name: String, _ text: String, always: Bool = false) {
            if always || !text.isEmpty { add(name, .string(text)) }
        }

        mutating func add(_ name: String, _ list: [String]?) {
            if let list, !list.isEmpty { add(name, .array(list.map { .string($0) })) }
        }

        mutating func add(_ name: String, keys: Set<String>?) {
            guard let keys, !keys.isEmpty else { return }
            let sorted = keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            add(name, .object(sorted.map { JSONValue.Member($0, .object([])) }))
        }
    }
}
