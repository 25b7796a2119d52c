// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat
import OCI

extension Container {
    /// The `Config` of a container as docker's engine sends it.
    var inspectedConfig: JSONValue {
        let config = configuration
        var object = ObjectBuilder()
        object.add("Hostname", .string(config.hostname))
        object.add("Domainname", .string(config.domainName))
        object.add("User", .string(config.user))
        object.add("AttachStdin", .bool(spec.attachStdin))
        object.add("AttachStdout", .bool(spec.attachStdout))
        object.add("AttachStderr", .bool(spec.attachStderr))
        if !config.exposedPorts.isEmpty { object.add("ExposedPorts", keys: Set(config.exposedPorts)) }
        object.add("Tty", .bool(spec.tty))
        object.add("OpenStdin", .bool(spec.openStdin))
        object.add("StdinOnce", .bool(spec.openStdin && spec.attachStdin))
        object.add("Env", .array(config.environment.map { .string($0) }))
        object.add("Cmd", config.command)
        if let check = config.healthcheck { object.add("Healthcheck", HealthConfig(check).inspected) }
        object.add("Image", .string(spec.image))
        object.add("Volumes", keys: config.volumes.isEmpty ? nil : Set(config.volumes))
        object.add("WorkingDir", .string(config.workingDirectory))
        object.add("Entrypoint", config.entrypoint)
        object.addText("MacAddress", spec.macAddress ?? "")
        object.add("OnBuild", config.onBuild)
        object.add("Labels", .map(config.labels))
        object.addText("StopSignal", config.stopSignal ?? "")
        if let timeout = config.stopTimeout { object.add("StopTimeout", .integer(timeout)) }
        if let shell = config.shell, !shell.isEmpty { object.add("Shell", shell) }
        return object.value
    }

    /// docker's `NetworkSettings`.
    var networkSettings: JSONValue {
        let attachment = state.isActive ? state.network : nil
        var object = ObjectBuilder()
        object.add("Bridge", .string(""))
        object.add("SandboxID", .string(""))
        object.add("SandboxKey", .string(""))
        object.add("Ports", portMap(attachment))
        object.add("HairpinMode", .bool(false))
        object.add("LinkLocalIPv6Address", .string(""))
        object.add("LinkLocalIPv6PrefixLen", .integer(0))
        object.add("SecondaryIPAddresses", .null)
        object.add("SecondaryIPv6Addresses", .null)
        object.add("EndpointID", .string(""))
        object.add("Gateway", .string(attachment?.gateway ?? ""))
        object.add("GlobalIPv6Address", .string(""))
        object.add("GlobalIPv6PrefixLen", .integer(0))
        object.add("IPAddress", .string(attachment?.ipAddress ?? ""))
        object.add("IPPrefixLen", .integer(attachment?.prefixLength ?? 0))
        object.add("IPv6Gateway", .string(""))
        object.add("MacAddress", .string(attachment?.macAddress ?? ""))
        object.add("Networks", .object(networkNames.map { JSONValue.Member($0, endpoint(attachment)) }))
        return object.value
    }

    private func endpoint(_ attachment: NetworkAttachment?) -> JSONValue {
        var object = ObjectBuilder()
        object.add("IPAMConfig", .null)
        object.add("Links", .null)
        object.add("Aliases", .null)
        object.add("MacAddress", .string(attachment?.macAddress ?? ""))
        object.add("DriverOpts", .null)
        object.add("GwPriority", .integer(0))
        object.add("NetworkID", .string(networkNames.first.map { BuiltInNetwork($0).id } ?? ""))
        object.add("EndpointID", .string(""))
        object.add("Gateway", .string(attachment?.gateway ?? ""))
        object.add("IPAddress", .string(attachment?.ipAddress ?? ""))
        object.add("IPPrefixLen", .integer(attachment?.prefixLength ?? 0))
        object.add("IPv6Gateway", .string(""))
        object.add("GlobalIPv6Address", .string(""))
        object.add("GlobalIPv6PrefixLen", .integer(0))
        object.add("DNSNames", .null)
        return object.value
    }

    private func portMap(_ attachment: NetworkAttachment?) -> JSONValue {
        guard let attachment else { return .object([]) }
        let keys = configuration.exposedPorts
        return .object(
            keys.map { key in
                let bound = attachment.ports.filter { "\($0.containerPort)/\($0.transport)" == key }
                let entries = bound.map { port in
                    JSONValue.object([
                        JSONValue.Member("HostIp", .string(port.hostIP)),
                        JSONValue.Member("HostPort", .string("\(port.hostPort)")),
                    ])
                }
                return JSONValue.Member(key, entries.isEmpty ? .null : .array(entries))
            })
    }
}

extension HealthConfig {
    /// What a container tests, in the image's form.
    init(_ check: HealthCheck) {
        self.init()
        test = check.test.isEmpty ? nil : check.test
        interval = check.interval
        timeout = check.timeout
        startPeriod = check.startPeriod
        startInterval = check.startInterval
        retries = numericCast(check.retries)
    }
}
