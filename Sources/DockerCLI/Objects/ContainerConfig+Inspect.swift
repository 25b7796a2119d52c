// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate
import OCI

extension ContainerConfig {
    /// The `Config` of an image as docker's engine sends it: sorted, and some members are there even when they are not
    /// set.
    var inspected: JSONValue {
        var object = ObjectBuilder()
        if argsEscaped { object.add("ArgsEscaped", .bool(true)) }
        object.add("Cmd", cmd)
        object.add("Entrypoint", entrypoint)
        object.add("Env", env)
        if let exposedPorts, !exposedPorts.isEmpty { object.add("ExposedPorts", keys: exposedPorts) }
        if let healthcheck { object.add("Healthcheck", healthcheck.inspected) }
        object.add("Labels", labels.map { .map($0) } ?? .null)
        object.add("OnBuild", onBuild)
        if let shell, !shell.isEmpty { object.add("Shell", shell) }
        object.addText("StopSignal", stopSignal)
        object.add("User", .string(user))
        object.add("Volumes", keys: volumes)
        object.add("WorkingDir", .string(workingDir))
        return object.value
    }

    /// docker's `DockerOCIImageConfig`, in which unset members are left out of the JSON.
    func typed(_ style: RowStyle) -> TemplateValue {
        func list(_ texts: [String]?) -> TemplateValue { .strings(texts?.map(style.foreign)) }
        var fields = StructBuilder()
        fields.add("User", style.foreign(user), omitsEmpty: true)
        fields.add("ExposedPorts", Self.set(exposedPorts, style), omitsEmpty: true)
        fields.add("Env", list(env), omitsEmpty: true)
        fields.add("Entrypoint", list(entrypoint), omitsEmpty: true)
        fields.add("Cmd", list(cmd), omitsEmpty: true)
        fields.add("Volumes", Self.set(volumes, style), omitsEmpty: true)
        fields.add("WorkingDir", style.foreign(workingDir), omitsEmpty: true)
        fields.add("Labels", .stringMap(shown(labels, style)), omitsEmpty: true)
        fields.add("StopSignal", style.foreign(stopSignal), omitsEmpty: true)
        fields.add("ArgsEscaped", .bool(argsEscaped), omitsEmpty: true)
        fields.add("Healthcheck", HealthConfig.typed(healthcheck, style), omitsEmpty: true)
        fields.add("OnBuild", list(onBuild), omitsEmpty: true)
        fields.add("Shell", list(shell), omitsEmpty: true)
        return fields.value("v1.DockerOCIImageConfig")
    }

    private func shown(_ labels: [String: String]?, _ style: RowStyle) -> [String: String]? {
        guard style.escapesControls else { return labels }
        return labels.map { labels in
            Dictionary(labels.map { (style.foreign($0.key), style.foreign($0.value)) }) { first, _ in first }
        }
    }

    /// `map[string]struct{}`
    private static func set(_ keys: Set<String>?, _ style: RowStyle) -> TemplateValue {
        let type = GoType.map(key: .string, value: .structure([]))
        let entries = keys?.map { TypedValue.Entry(key: .string(style.foreign($0)), value: .structure([])) }
        return .typed(TypedValue(type, entries.map { .entries($0) } ?? .null))
    }
}
