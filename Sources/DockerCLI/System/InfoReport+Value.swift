// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine
import GoTemplate
import RegistryClient

extension InfoReport {
    /// docker's `dockerInfo`: the engine's facts, and those of the client under `ClientInfo`.
    var value: TemplateValue {
        var fields = StructBuilder()
        addCounts(&fields)
        addEngine(&fields)
        addHost(&fields)
        fields.add("ClientInfo", client)
        return fields.value("system.dockerInfo")
    }

    private func addCounts(_ fields: inout StructBuilder) {
        fields.add("ID", "")
        fields.add("Containers", .int(containerCount))
        fields.add("ContainersRunning", .int(runningCount))
        fields.add("ContainersPaused", .int(pausedCount))
        fields.add("ContainersStopped", .int(stoppedCount))
        fields.add("Images", .int(imageCount))
    }

    private func addEngine(_ fields: inout StructBuilder) {
        fields.add("Driver", Self.storageDriver)
        fields.add("DockerRootDir", root)
        fields.add("Debug", .bool(isDebug || engine.debug))
        fields.add("SystemTime", time.rfc3339(fraction: .asNeeded))
        fields.add("LoggingDriver", Self.loggingDriver)
        fields.add("CgroupVersion", host.cgroupVersion, omitsEmpty: true)
        fields.add("DefaultRuntime", runtime)
        fields.add("ServerVersion", version)
        fields.add("ExperimentalBuild", .bool(false))
        fields.add("LiveRestoreEnabled", .bool(false))
        fields.add("RegistryConfig", .pointer(to: registries), omitsEmpty: true)
        fields.add("HttpProxy", httpProxy)
        fields.add("HttpsProxy", httpsProxy)
        fields.add("NoProxy", engine.noProxy ?? "")
        fields.add("Warnings", .strings(warnings))
    }

    private func addHost(_ fields: inout StructBuilder) {
        fields.add("KernelVersion", host.kernelVersion)
        fields.add("OperatingSystem", host.operatingSystem)
        fields.add("OSVersion", host.operatingSystemVersion)
        fields.add("OSType", "linux")
        fields.add("Architecture", host.machine)
        fields.add("NCPU", .int(host.processors))
        fields.add("MemTotal", .int64(host.memory))
        fields.add("Name", host.name)
    }

    private var registries: TemplateValue {
        var fields = StructBuilder()
        fields.add("InsecureRegistryCIDRs", .strings(insecureRegistries))
        fields.add("Mirrors", .strings(mirrors))
        return fields.value("registry.ServiceConfig")
    }

    private var client: TemplateValue {
        var fields = StructBuilder()
        fields.add("Debug", .bool(isDebug))
        fields.add("Version", version, omitsEmpty: true)
        fields.add("Context", "default")
        fields.add("Plugins", .list([]))
        fields.add("Warnings", .strings(nil))
        return fields.value("system.clientInfo")
    }
}
