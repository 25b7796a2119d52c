// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// What a container runs with: the `config` of an image and the configuration of a container (OCI image spec,
/// config.md; docker's `container.Config`). nil is kept apart from empty, as both are written back differently.
public struct ContainerConfig: Hashable, Sendable {
    public var hostname = ""
    public var domainname = ""
    public var user = ""
    public var attachStdin = false
    public var attachStdout = false
    public var attachStderr = false
    /// `80/tcp`
    public var exposedPorts: Set<String>?
    public var tty = false
    public var openStdin = false
    public var stdinOnce = false
    /// `NAME=value`, in order.
    public var env: [String]?
    public var cmd: [String]?
    public var healthcheck: HealthConfig?
    /// Windows: the command is escaped already.
    public var argsEscaped = false
    /// The image as the user named it; the parent's ID in image configs that docker built.
    public var image = ""
    public var volumes: Set<String>?
    public var workingDir = ""
    public var entrypoint: [String]?
    public var networkDisabled = false
    public var macAddress = ""
    public var onBuild: [String]?
    public var labels: [String: String]?
    public var stopSignal = ""
    /// In seconds.
    public var stopTimeout: Int64?
    /// The shell that runs the shell form of CMD and ENTRYPOINT.
    public var shell: [String]?

    public init() {}

    init(_ fields: JSONFields) throws(JSONFields.Failure) {
        hostname = try fields.string("Hostname") ?? ""
        domainname = try fields.string("Domainname") ?? ""
        user = try fields.string("User") ?? ""
        image = try fields.string("Image") ?? ""
        workingDir = try fields.string("WorkingDir") ?? ""
        macAddress = try fields.string("MacAddress") ?? ""
        stopSignal = try fields.string("StopSignal") ?? ""
        stopTimeout = try fields.integer("StopTimeout")
        exposedPorts = try fields.keySet("ExposedPorts")
        volumes = try fields.keySet("Volumes")
        labels = try fields.stringMap("Labels")
        if let count = labels?.count, count > ManifestLimits.maximumLabelCount {
            throw JSONFields.Failure(
                path: "Labels", reason: "\(count) labels, more than the \(ManifestLimits.maximumLabelCount) allowed")
        }
        env = try fields.strings("Env")
        onBuild = try fields.strings("OnBuild")
        cmd = try fields.stringOrStrings("Cmd")
        entrypoint = try fields.stringOrStrings("Entrypoint")
        shell = try fields.stringOrStrings("Shell")
        healthcheck = try fields.fields("Healthcheck").map { fields throws(JSONFields.Failure) in
            try HealthConfig(fields)
        }
        try readFlags(fields)
    }

    private mutating func readFlags(_ fields: JSONFields) throws(JSONFields.Failure) {
        attachStdin = try fields.bool("AttachStdin") ?? false
        attachStdout = try fields.bool("AttachStdout") ?? false
        attachStderr = try fields.bool("AttachStderr") ?? false
        tty = try fields.bool("Tty") ?? false
        openStdin = try fields.bool("OpenStdin") ?? false
        stdinOnce = try fields.bool("StdinOnce") ?? false
        argsEscaped = try fields.bool("ArgsEscaped") ?? false
        networkDisabled = try fields.bool("NetworkDisabled") ?? false
    }
}

extension JSONFields {
    /// An array of strings, or a single string for one element (docker's `strslice`).
    fileprivate func stringOrStrings(_ key: String) throws(Failure) -> [String]? {
        if case .string(let text) = value(key) { return [text] }
        return try strings(key)
    }
}
