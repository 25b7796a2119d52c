// SPDX-License-Identifier: Apache-2.0
public import DockerFormat

/// The outcome of a container's health checks; docker's `State.Health`.
public struct HealthState: Sendable, Equatable, Codable {
    public struct Probe: Sendable, Equatable, Codable {
        public var start: Timestamp
        public var end: Timestamp
        public var exitCode: Int32
        public var output: String
    }

    public enum Status: String, Sendable, Codable {
        case starting, healthy, unhealthy
    }

    public var status = Status.starting
    public var failingStreak = 0
    /// The last five probes, oldest first.
    public var log: [Probe] = []

    /// Adds a probe and decides the status as docker does: failures do not count during the start period.
    mutating func record(_ probe: Probe, retries: Int, inStartPeriod: Bool) {
        log = log.suffix(4) + [probe]
        if probe.exitCode == 0 {
            failingStreak = 0
            status = .healthy
        } else if !(inStartPeriod && status == .starting) {
            failingStreak += 1
            if failingStreak >= retries { status = .unhealthy }
        }
    }
}
