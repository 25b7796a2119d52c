// SPDX-License-Identifier: Apache-2.0
public import OCI

extension ContainerConfig {
    /// The configuration after the Dockerfile instructions of `commit -c` and `import -c`.
    ///
    /// As in docker, all of `changes` together are one Dockerfile, a line may go on in the next of them, every
    /// instruction is read before the first is applied, and one that fails fails all.
    public func applying(changes: [String]) throws(ConfigChangeError) -> ContainerConfig {
        guard !changes.isEmpty else { return self }
        let dockerfile = try Dockerfile(parsing: changes.joined(separator: "\n"))
        var parsed: [ConfigChange] = []
        for instruction in dockerfile.instructions {
            parsed.append(try ConfigChange(instruction))
        }
        var applier = ConfigChangeApplier(config: self, lexer: ShellLexer(escape: dockerfile.escape))
        for change in parsed {
            try applier.apply(change)
        }
        return applier.config
    }

    /// The configuration with what it leaves out filled in from another, as docker's commit does from the container's.
    ///
    /// An entrypoint that is set, even to nothing, keeps that of `base` out; `shell` and `onBuild` aren't filled in.
    public func filled(from base: ContainerConfig) -> ContainerConfig {
        var result = self
        if result.user.isEmpty { result.user = base.user }
        if result.workingDir.isEmpty { result.workingDir = base.workingDir }
        if result.stopSignal.isEmpty { result.stopSignal = base.stopSignal }
        result.exposedPorts = Self.union(exposedPorts, base.exposedPorts)
        result.volumes = Self.union(volumes, base.volumes)
        result.labels = (base.labels ?? [:]).merging(labels ?? [:]) { _, own in own }
        result.env = Self.environment(env, base: base.env)
        if (entrypoint ?? []).isEmpty {
            if (cmd ?? []).isEmpty {
                result.cmd = base.cmd
                result.argsEscaped = base.argsEscaped
            }
            if entrypoint == nil { result.entrypoint = base.entrypoint }
        }
        if let check = base.healthcheck { result.healthcheck = (healthcheck ?? HealthConfig()).filled(from: check) }
        return result
    }

    private static func union(_ own: Set<String>?, _ base: Set<String>?) -> Set<String>? {
        guard let own, !own.isEmpty else { return base }
        return own.union(base ?? [])
    }

    private static func environment(_ own: [String]?, base: [String]?) -> [String]? {
        guard let own, !own.isEmpty else { return base }
        let names = Set(own.map(environmentName))
        return own + (base ?? []).filter { !names.contains(environmentName($0)) }
    }

    static func environmentName(_ variable: String) -> Substring {
        Substring(variable.utf8.prefix { $0 != UInt8(ascii: "=") })
    }
}

extension HealthConfig {
    fileprivate func filled(from base: HealthConfig) -> HealthConfig {
        var result = self
        if (test ?? []).isEmpty { result.test = base.test }
        if interval == 0 { result.interval = base.interval }
        if timeout == 0 { result.timeout = base.timeout }
        if startPeriod == 0 { result.startPeriod = base.startPeriod }
        if startInterval == 0 { result.startInterval = base.startInterval }
        if retries == 0 { result.retries = base.retries }
        return result
    }
}
