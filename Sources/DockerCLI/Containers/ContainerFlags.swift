// SPDX-License-Identifier: Apache-2.0
import Containers
import OCI

/// The options that `create` and `run` share, in groups.
struct ContainerFlags: Sendable {
    private let process: ProcessFlags
    private let network: NetworkFlags
    private let files: FileFlags
    private let resources: ResourceFlags
    private let security: SecurityFlags
    private let health: HealthFlags
    private let unsupported: UnsupportedFlags
    private let name: Flag<String>
    private let cidFile: Flag<String>
    private let pull: Flag<String>
    private let platform: Flag<String>
    private let quiet: Flag<Bool>

    init(_ flags: inout FlagSet, pullUsage: String) {
        // -h is the host name.
        _ = flags.bool("help", "Print usage")
        process = ProcessFlags(&flags)
        network = NetworkFlags(&flags)
        files = FileFlags(&flags)
        resources = ResourceFlags(&flags)
        security = SecurityFlags(&flags)
        health = HealthFlags(&flags)
        unsupported = UnsupportedFlags(&flags)
        name = flags.string("name", "Assign a name to the container")
        cidFile = flags.string("cidfile", "Write the container ID to the file")
        pull = flags.string("pull", default: "missing", pullUsage)
        platform = flags.string("platform", "Set platform if server is multi-platform capable")
        quiet = flags.bool("quiet", short: "q", "Suppress the pull output")
        flags.contentTrust("Skip image verification")
    }

    /// Whether `-a` was given.
    func attaches(_ parsed: ParsedArguments) -> Bool { process.attaches(parsed) }

    /// What the command line asks for. Throws what docker's client says about values that don't fit.
    func request(_ parsed: ParsedArguments, _ context: Context) throws -> ContainerRequest {
        let policyName = parsed[pull].isEmpty ? ContainerRequest.PullPolicy.missing.rawValue : parsed[pull]
        guard let policy = ContainerRequest.PullPolicy(rawValue: policyName) else {
            throw StatusError(
                "invalid pull option: '\(parsed[pull])': must be one of \"always\", \"missing\" or \"never\"")
        }
        try unsupported.check(parsed)
        var spec = ContainerSpec(image: parsed.arguments[0])
        spec.command = Array(parsed.arguments.dropFirst())
        try process.apply(parsed, to: &spec, context)
        try network.apply(parsed, to: &spec)
        try files.apply(parsed, to: &spec, context)
        try resources.apply(parsed, to: &spec)
        try security.apply(parsed, to: &spec, context)
        try health.apply(parsed, to: &spec)
        guard !spec.autoRemove || spec.restartPolicy == .no else {
            throw StatusError("conflicting options: cannot specify both --restart and --rm")
        }
        return ContainerRequest(
            spec: spec, name: parsed[name].isEmpty ? nil : parsed[name], policy: policy, isQuiet: parsed[quiet],
            cidFile: parsed[cidFile].isEmpty ? nil : parsed[cidFile])
    }

    /// The platform asked for. docker's client reads it when all other options are right.
    func wantedPlatform(_ parsed: ParsedArguments, _ context: Context) throws -> Platform? {
        let text = parsed.isChanged(platform) ? parsed[platform] : context.variable("DOCKER_DEFAULT_PLATFORM") ?? ""
        do { return try Command.plainPlatform(text) } catch {
            throw StatusError("error parsing specified platform: \(error)")
        }
    }
}
