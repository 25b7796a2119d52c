// SPDX-License-Identifier: Apache-2.0

/// A container's configuration after the user's wishes were merged with the image's; docker's `Config`.
public struct ContainerConfiguration: Sendable, Equatable, Codable {
    public var hostname = ""
    public var domainName = ""
    public var user = ""
    public var environment: [String] = []
    /// `nil` when there is none.
    public var entrypoint: [String]?
    /// `nil` when there is none.
    public var command: [String]?
    public var workingDirectory = ""
    public var labels: [String: String] = [:]
    /// `port/proto`, sorted.
    public var exposedPorts: [String] = []
    /// Paths the image declares as volumes, sorted.
    public var volumes: [String] = []
    public var stopSignal: String?
    public var stopTimeout: Int?
    public var healthcheck: HealthCheck?
    public var shell: [String]?
    public var onBuild: [String]?

    public init() {}

    /// What is executed: entrypoint followed by command.
    public var processArguments: [String] { (entrypoint ?? []) + (command ?? []) }
}
