// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The built program with a store and settings of its own, run as a user runs it.
public final class DockerliteProcess: Sendable {
    private let directory: TemporaryDirectory
    public let binary: String
    /// The store's directory.
    public let root: String

    /// - Parameters:
    ///   - program: the name it runs under; `docker` makes it speak as docker does.
    ///   - root: the store's directory, when it is to be in a certain place.
    public init(program: String = "dockerlite", root: String? = nil) throws {
        directory = try TemporaryDirectory()
        self.root = root ?? directory.path + "/store"
        binary = directory.path + "/" + program
        try FileManager.default.createSymbolicLink(atPath: binary, withDestinationPath: Self.built)
    }

    /// The program beside the test bundle.
    private static var built: String {
        let bundle = Bundle.allBundles.map(\.bundlePath).first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
        return URL(fileURLWithPath: bundle).deletingLastPathComponent().path + "/dockerlite"
    }

    /// What it reads instead of `~/.docker/config.json`.
    public func write(clientConfig text: String) throws {
        try directory.write(text, to: "config/config.json", mode: 0o600)
    }

    /// What it reads instead of `daemon.json`.
    public func write(engineConfig text: String) throws {
        try directory.write(text, to: "daemon.json")
    }

    /// A file of `certs.d`: a certificate, a key, or `hosts.toml`.
    public func write(_ text: String, toCertificatesOf host: String, as name: String) throws {
        try directory.write(text + "\n", to: "xdg/dockerlite/certs.d/\(host)/\(name)", mode: 0o600)
    }

    private var environment: [String: String] {
        var settings = [
            "DOCKERLITE_ROOT": root, "DOCKER_CONFIG": directory.path + "/config",
            "XDG_CONFIG_HOME": directory.path + "/xdg",
            // The machine's own would be another one on every machine.
            "CONTAINERS_REGISTRIES_CONF": directory.path + "/registries.conf", "TZ": "UTC", "LC_ALL": "C.UTF-8",
        ]
        let engine = directory.path + "/daemon.json"
        if FileManager.default.fileExists(atPath: engine) { settings["DOCKERLITE_CONFIG_FILE"] = engine }
        return settings
    }

    /// Runs one command line to its end.
    @discardableResult
    public func run(
        _ arguments: String..., input: [UInt8] = [], environment extra: [String: String] = [:]
    ) throws -> TestCommand.Result {
        try run(arguments, input: input, environment: extra)
    }

    /// The same, of arguments in a list.
    ///
    /// - Parameter prefix: a program to run it under, with its arguments.
    @discardableResult
    public func run(
        _ arguments: [String], under prefix: [String] = [], input: [UInt8] = [],
        environment extra: [String: String] = [:]
    ) throws -> TestCommand.Result {
        try TestCommand.run(
            prefix + [binary] + arguments, input: input, environment: environment.merging(extra) { $1 },
            directory: directory.path)
    }

    /// Runs a line of bash (which, unlike sh, starts with SIGCHLD unblocked, so that it can wait), with the program found under its name, in a directory of its own.
    @discardableResult
    public func shell(_ line: String, environment extra: [String: String] = [:]) throws -> TestCommand.Result {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let settings = environment.merging(["PATH": "\(directory.path):\(path)"]) { $1 }
        return try TestCommand.run(
            ["bash", "-c", line], environment: settings.merging(extra) { $1 }, directory: directory.path)
    }

    /// Where command lines run and may leave files.
    public var workingDirectory: String { directory.path }

    /// Starts a command line and leaves it running.
    public func start(_ arguments: String...) throws -> Process {
        try start(arguments)
    }

    public func start(_ arguments: [String]) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: binary)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}
