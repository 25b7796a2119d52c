// SPDX-License-Identifier: Apache-2.0
import DockerFormat
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
}
