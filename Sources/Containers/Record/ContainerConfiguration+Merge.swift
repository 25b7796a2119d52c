// SPDX-License-Identifier: Apache-2.0
import OCI

extension ContainerConfiguration {
    /// The spec's wishes over the image's config, as docker's engine merges them.
    init(spec: ContainerSpec, image: ImageConfig, id: ContainerID, host: HostFacts) throws(ContainerError) {
        let base = image.config
        self.init()
        user = spec.user ?? base.user
        environment = EnvironmentList.merge(user: spec.environment, image: base.env ?? [])
        (entrypoint, command) = Self.arguments(spec, base)
        guard !processArguments.isEmpty else { throw .invalid("no command specified") }
        workingDirectory = spec.workingDirectory ?? base.workingDir
        labels = (base.labels ?? [:]).merging(spec.labels) { _, user in user }
        stopSignal = spec.stopSignal ?? (base.stopSignal.isEmpty ? nil : base.stopSignal)
        stopTimeout = spec.stopTimeout ?? base.stopTimeout.map(Int.init)
        healthcheck = Self.healthcheck(spec.healthcheck, base.healthcheck)
        shell = base.shell
        onBuild = base.onBuild
        volumes = Set((base.volumes ?? []) + spec.volumes).sorted()
        exposedPorts = try Self.ports(spec, base)
        hostname =
            spec.utsNamespace == .host || spec.network == .host && spec.hostname == nil
            ? host.hostname : spec.hostname ?? id.short
        domainName = spec.domainName ?? ""
        // Fails early when the image's directory is no path.
        _ = try BundleBuilder.workingDirectory(workingDirectory)
    }

    /// `--entrypoint` resets the image's command too; an empty one means none.
    private static func arguments(_ spec: ContainerSpec, _ base: ContainerConfig) -> ([String]?, [String]?) {
        let wanted = spec.command.isEmpty ? nil : spec.command
        if let entrypoint = spec.entrypoint {
            return (entrypoint.isEmpty || entrypoint == [""] ? nil : entrypoint, wanted)
        }
        let entrypoint = base.entrypoint?.isEmpty == true ? nil : base.entrypoint
        return (entrypoint, wanted ?? (base.cmd?.isEmpty == true ? nil : base.cmd))
    }

    private static func healthcheck(_ user: HealthCheck?, _ image: HealthConfig?) -> HealthCheck? {
        let base = image.map {
            HealthCheck(
                test: $0.test ?? [], interval: $0.interval, timeout: $0.timeout, startPeriod: $0.startPeriod,
                startInterval: $0.startInterval, retries: Int($0.retries)
            )
        }
        return user?.filled(from: base) ?? base
    }

    private static func ports(_ spec: ContainerSpec, _ base: ContainerConfig) throws(ContainerError) -> [String] {
        var ports = Set(spec.publishedPorts.map(\.containerKey))
        for text in spec.exposedPorts + (base.exposedPorts ?? []) { ports.formUnion(try PortBinding.exposed(text)) }
        return ports.sorted { left, right in
            let (a, b) = (UInt16(left.prefix { $0 != "/" }) ?? 0, UInt16(right.prefix { $0 != "/" }) ?? 0)
            return (a, left) < (b, right)
        }
    }
}
