// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine

/// One JSON object a line, for programs (`--progress json`). The schema is documented in docs/progress.md and stable:
/// members are only ever added.
struct JSONProgressDisplay: ProgressDisplay {
    mutating func render(_ event: ProgressEvent, on size: ScreenSize) -> String {
        let members: [JSONValue.Member] =
            switch event {
            case .message(let id?, let text):
                [.init("type", .string("message")), .init("id", .string(id)), .init("status", .string(text))]
            case .message(nil, let text): [.init("type", .string("message")), .init("status", .string(text))]
            case .warning(let text): [.init("type", .string("warning")), .init("status", .string(text))]
            case .update(let id, let status, let amount): update(id, status, amount)
            }
        return JSONWriter.text(.object(members)) + "\n"
    }

    mutating func finish(on size: ScreenSize) -> String {
        ""
    }

    private func update(_ id: String, _ status: String, _ amount: ProgressAmount?) -> [JSONValue.Member] {
        var members: [JSONValue.Member] = [
            .init("type", .string("update")), .init("id", .string(id)), .init("status", .string(status)),
        ]
        if let amount {
            members.append(.init("current", .integer(amount.current)))
            if amount.total > 0 { members.append(.init("total", .integer(amount.total))) }
        }
        return members
    }
}
