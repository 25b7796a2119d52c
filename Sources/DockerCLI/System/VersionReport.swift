// SPDX-License-Identifier: Apache-2.0
import Engine
import GoTemplate
import OCI

/// What `version` shows. Client and server are this one program: both say what docker they stand in for.
struct VersionReport {
    let program: String
    let parts: [ProgramPart]
    let kernelVersion: String

    private var platform: String { "dockerlite \(Version.dockerlite)" }
    private var version: String { program == "docker" ? Version.docker : Version.dockerlite }
    private var architecture: String { Platform.host.architecture }

    /// The lines of the default format.
    var text: String {
        let known = parts.compactMap { part in part.version.map { (part.name, $0) } }
        var lines = [
            "Client: \(platform)", line("Version", version), line("API version", Version.api),
            line("OS/Arch", "linux/\(architecture)"), line("Context", "default"), "",
            "Server: \(platform), without a daemon", " Engine:", line("Version", version, indent: 2),
            line("API version", "\(Version.api) (minimum version \(Version.minimumAPI))", indent: 2),
            line("OS/Arch", "linux/\(architecture)", indent: 2), line("Experimental", "false", indent: 2),
        ]
        for (name, version) in known { lines += [" \(name):", line("Version", version, indent: 2)] }
        return lines.map { $0 + "\n" }.joined()
    }

    /// docker's tabwriter has cells of 20 columns here.
    private func line(_ name: String, _ value: String, indent: Int = 1) -> String {
        let label = String(repeating: " ", count: indent) + name + ":"
        return label + String(repeating: " ", count: max(1, 20 - label.utf8.count)) + value
    }

    /// docker's `versionInfo`.
    var value: TemplateValue {
        var fields = StructBuilder()
        fields.add("Client", client)
        fields.add("Server", .pointer(to: server))
        return fields.value("system.versionInfo")
    }

    private var client: TemplateValue {
        var fields = StructBuilder()
        fields.add("Platform", .pointer(to: platformValue("system.platformInfo")), omitsEmpty: true)
        fields.add("Version", version, omitsEmpty: true)
        fields.add("APIVersion", Version.api, json: "ApiVersion", omitsEmpty: true)
        fields.add("DefaultAPIVersion", Version.api, omitsEmpty: true)
        fields.add("GitCommit", "", omitsEmpty: true)
        fields.add("GoVersion", "", omitsEmpty: true)
        fields.add("Os", "linux", omitsEmpty: true)
        fields.add("Arch", architecture, omitsEmpty: true)
        fields.add("BuildTime", "", omitsEmpty: true)
        fields.add("Context", "default")
        return fields.value("system.clientVersion")
    }

    private var server: TemplateValue {
        var fields = StructBuilder()
        fields.add("Platform", platformValue("struct { Name string }"), omitsEmpty: true)
        fields.add("Components", .list(components), omitsEmpty: true)
        fields.add("Version", version)
        fields.add("APIVersion", Version.api, json: "ApiVersion")
        fields.add("MinAPIVersion", Version.minimumAPI, omitsEmpty: true)
        fields.add("GitCommit", "")
        fields.add("GoVersion", "")
        fields.add("Os", "linux")
        fields.add("Arch", architecture)
        fields.add("KernelVersion", kernelVersion, omitsEmpty: true)
        fields.add("Experimental", .bool(false), omitsEmpty: true)
        fields.add("BuildTime", "", omitsEmpty: true)
        return fields.value("types.Version")
    }

    private var components: [TemplateValue] {
        let engine = component(
            "Engine", version,
            [
                "ApiVersion": Version.api, "MinAPIVersion": Version.minimumAPI, "Os": "linux", "Arch": architecture,
                "Experimental": "false", "KernelVersion": kernelVersion, "GitCommit": "", "GoVersion": "",
                "BuildTime": "",
            ])
        return [engine] + parts.compactMap { part in part.version.map { component(part.name, $0, [:]) } }
    }

    private func component(_ name: String, _ version: String, _ details: [String: String]) -> TemplateValue {
        var fields = StructBuilder()
        fields.add("Name", name)
        fields.add("Version", version)
        fields.add("Details", .stringMap(details), omitsEmpty: true)
        return fields.value("types.ComponentVersion")
    }

    private func platformValue(_ type: String) -> TemplateValue {
        var fields = StructBuilder()
        fields.add("Name", platform)
        return fields.value(type)
    }
}
