// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine

/// Lines for pipes and logs, as docker prints them off a terminal: every state, no byte counts.
struct PlainProgressDisplay: ProgressDisplay {
    mutating func render(_ event: ProgressEvent, on size: ScreenSize) -> String {
        switch event {
        case .message(let id?, let text): "\(id): \(text)\n"
        case .message(nil, let text): "\(text)\n"
        case .update(let id, let status, nil): "\(id): \(status)\n"
        case .update(let id, let status, let amount?):
            amount.bar(width: size.columns).isEmpty ? "\(id): \(status)\n" : ""
        case .warning(let text): "WARNING: \(text)\n"
        }
    }

    mutating func finish(on size: ScreenSize) -> String {
        ""
    }
}
