// SPDX-License-Identifier: Apache-2.0
public import DockerFormat

/// Everything a command takes from outside: streams, environment, clock. Tests inject their own.
public struct Context: Sendable {
    /// The name in every text: `docker` when the binary runs under that name, else `dockerlite`.
    public var program: String
    public var environment: [String: String]
    public var currentDirectory: String
    public var input: Input
    public var out: Output
    public var err: Output
    /// The time now.
    public var clock: @Sendable () -> Timestamp
    /// The zone that times are shown in.
    public var zone: Zone
    /// What the options before the command said.
    var options = GlobalOptions()

    public init(
        program: String, environment: [String: String], currentDirectory: String, input: Input, out: Output,
        err: Output,
        clock: @escaping @Sendable () -> Timestamp, zone: Zone
    ) {
        self.program = program
        self.environment = environment
        self.currentDirectory = currentDirectory
        self.input = input
        self.out = out
        self.err = err
        self.clock = clock
        self.zone = zone
    }

    /// What stands before an error that docker's engine would report: scripts match it, so `docker` prints it too.
    public var errorPrefix: String {
        program == "docker" ? "Error response from daemon: " : ""
    }

    /// An environment variable that is set and not empty.
    public func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
