// SPDX-License-Identifier: Apache-2.0

/// When a container that has exited is started again (`--restart`).
public enum RestartPolicy: Sendable, Equatable, Codable {
    case no
    case always
    case unlessStopped
    /// Only after a non-zero exit; `maximumRetries` 0 means no bound.
    case onFailure(maximumRetries: Int)

    /// Parses `no`, `always`, `unless-stopped`, `on-failure[:N]`; the texts are docker's.
    ///
    /// - Throws: `syntax` for what docker's client refuses, `invalid` for what its engine does.
    public init(parsing text: String) throws(ContainerError) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2, parts[0].isEmpty {
            throw .syntax("invalid restart policy format: no policy provided before colon")
        }
        let count = parts.count == 2 && !parts[1].isEmpty ? parts[1] : "0"
        guard let retries = Int(count) else {
            throw .syntax("invalid restart policy format: maximum retry count must be an integer")
        }
        switch parts[0] {
        case "", "no": self = .no
        case "always": self = .always
        case "unless-stopped": self = .unlessStopped
        case "on-failure":
            guard retries >= 0 else {
                throw .invalid("invalid restart policy: maximum retry count cannot be negative")
            }
            self = .onFailure(maximumRetries: retries)
            return
        default:
            throw .invalid(
                "invalid restart policy: unknown policy '\(parts[0])'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'"
            )
        }
        guard retries == 0 else {
            throw .invalid(
                "invalid restart policy: maximum retry count can only be used with 'on-failure'"
                    + (retries < 0 ? " and cannot be negative" : ""))
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
