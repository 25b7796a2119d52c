// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine

/// One JSON object a line, for programs (`--progress json`). The schema is documented in docs/progress.md and stable:
/// members are only ever added.
struct JSONProgressDisplay: ProgressDisplay {
    mutating func render(_ event: ProgressEvent, on size: ScreenSize) -> String {
        let members: [(String, JSONValue)] =
            switch event {
            case .message(let id?, let text): [("type", .string("message")), ("id", .string(id)), ("status", .string(text))]
            case .message(nil, let text): [("type", .string("message")), ("status", .string(text))]
            case .warning(let text): [("type", .string("warning")), ("status", .string(text))]
            case .update(let id, let status, let amount): update(id, status, amount)
            }
        return JSONValue.object(members).compactText() + "\n"
    }

    mutating func finish(on size: ScreenSize) -> String {
        ""
    }

    private func update(_ id: String, _ status: String, _ amount: ProgressAmount?) -> [(String, JSONValue)] {
        var members: [(String, JSONValue)] = [
            ("type", .string("update")), ("id", .string(id)), ("status", .string(status)),
        ]
        if let amount {
            members.append(("current", .int(amount.current)))
            if amount.total > 0 { members.append(("total", .int(amount.total))) }
        }
        return members
    }
}
