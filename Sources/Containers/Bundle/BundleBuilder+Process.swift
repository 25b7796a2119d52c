// SPDX-License-Identifier: Apache-2.0

extension BundleBuilder {
    func process(
        user: ResolvedUser, capabilities: [String], security: SecurityOptions
    ) throws(ContainerError) -> RuntimeProcess {
        var arguments = configuration.processArguments
        if initProgram != nil { arguments = [Self.initPath, "--"] + arguments }
        return RuntimeProcess(
            terminal: spec.tty,
            user: RuntimeProcess.User(uid: user.uid, gid: user.gid, additionalGids: user.groups),
            args: arguments,
            env: EnvironmentList.process(
                configured: configuration.environment, hostname: configuration.hostname, tty: spec.tty, home: user.home
            ),
            cwd: try Self.workingDirectory(configuration.workingDirectory),
            capabilities: Self.capabilitySets(capabilities, uid: user.uid),
            rlimits: spec.ulimits.isEmpty ? nil : spec.ulimits.map(Self.limit),
            noNewPrivileges: security.noNewPrivileges,
            apparmorProfile: appArmorProfile(security),
            oomScoreAdj: spec.oomScoreAdjustment
        )
    }

    /// Where `--init` puts its program in the container.
    static let initPath = "/sbin/docker-init"

    /// A process that is not root starts without effective capabilities, as after execve(2); the bounding set stays.
    static func capabilitySets(_ capabilities: [String], uid: UInt32) -> RuntimeProcess.Capabilities {
        let own = uid == 0 ? capabilities : []
        return RuntimeProcess.Capabilities(bounding: capabilities, effective: own, permitted: own)
    }

    static func workingDirectory(_ path: String) throws(ContainerError) -> String {
        if path.isEmpty { return "/" }
        guard path.hasPrefix("/") else {
            throw .invalid("the working directory '\(path)' is invalid, it needs to be an absolute path")
        }
        return PathText.clean(path)
    }

    private static func limit(_ limit: ResourceLimit) -> RuntimeProcess.Limit {
        func value(_ number: Int64) -> UInt64 { number < 0 ? .max : UInt64(number) }
        return RuntimeProcess.Limit(
            type: "RLIMIT_" + limit.name.uppercased(), soft: value(limit.soft), hard: value(limit.hard)
        )
    }

    private func appArmorProfile(_ security: SecurityOptions) -> String? {
        guard !host.appArmorProfiles.isEmpty else { return nil }
        if let profile = security.appArmor { return profile == "unconfined" ? nil : profile }
        if spec.privileged { return nil }
        return host.appArmorProfiles.contains("docker-default") ? "docker-default" : nil
    }
}
