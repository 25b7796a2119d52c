// SPDX-License-Identifier: Apache-2.0
public import DockerFormat

/// What a container is doing, as far as the disk knows; ``ContainerEngine`` checks it against the kernel.
public struct ContainerState: Sendable, Equatable, Codable {
    public enum Status: String, Sendable, Codable, CaseIterable {
        case created, running, paused, restarting, removing, exited, dead
    }

    public var status = Status.created
    /// The container's first process; `nil` when it isn't running.
    public var process: ProcessIdentity?
    /// The monitor that holds its output.
    public var monitor: ProcessIdentity?
    public var exitCode: Int32 = 0
    /// A start has begun and not ended. Whoever sees this under the container's lock knows that its process died.
    public var isStarting: Bool? = nil
    /// Why the last start failed; docker's text.
    public var error = ""
    public var wasOOMKilled = false
    public var startedAt = Timestamp.zero
    public var finishedAt = Timestamp.zero
    public var restartCount = 0
    /// Set by `stop` and `kill`, so that a restart policy leaves the container down.
    public var wasStoppedByUser = false
    public var health: HealthState?
    public var network: NetworkAttachment?

    public init() {}

    /// Running or paused: there is a process.
    public var isActive: Bool { status == .running || status == .paused }
}
