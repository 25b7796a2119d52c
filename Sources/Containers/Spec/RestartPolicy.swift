// SPDX-License-Identifier: Apache-2.0

/// When a container that has exited is started again (`--restart`).
public enum RestartPolicy: Sendable, Equatable, Codable {
    case no
    case always
    case unlessStopped
    /// Only after a non-zero exit; `maximumRetries` 0 means no bound.
    case onFailure(maximumRetries: Int)

    /// Parses `no`, `always`, `unless-stopped`, `on-failure[:N]`; the texts are docker's.
    public init(parsing text: String) throws(ContainerError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch (parts[0], parts.count) {
        case ("", 1), ("no", 1): self = .no
        case ("always", 1): self = .always
        case ("unless-stopped", 1): self = .unlessStopped
        case ("on-failure", 1): self = .onFailure(maximumRetries: 0)
        case ("on-failure", _):
            guard let retries = Int(parts[1]) else {
                throw .invalid("invalid restart policy format: maximum retry count must be an integer")
            }
            guard retries >= 0 else {
                throw .invalid("invalid restart policy: maximum retry count cannot be negative")
            }
            self = .onFailure(maximumRetries: retries)
        case ("no", _), ("always", _), ("unless-stopped", _):
            throw .invalid("invalid restart policy: maximum retry count can only be used with 'on-failure'")
        default:
            throw .invalid(
                "invalid restart policy: unknown policy '\(parts[0])'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'"
            )
        }
    }

    /// The policy's name in docker's API.
    public var name: String {
        switch self {
        case .no: "no"
        case .always: "always"
        case .unlessStopped: "unless-stopped"
        case .onFailure: "on-failure"
        }
    }

    /// Whether a container that exited with `exitCode` after `restarts` restarts is to be started again.
    public func restarts(afterExit exitCode: Int32, restarts: Int) -> Bool {
        switch self {
        case .no: false
        case .always, .unlessStopped: true
        case .onFailure(let maximum): exitCode != 0 && (maximum == 0 || restarts < maximum)
        }
    }
}
