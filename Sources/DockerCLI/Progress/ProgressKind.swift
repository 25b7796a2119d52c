// SPDX-License-Identifier: Apache-2.0

/// How a long operation shows its progress: `--progress`, beyond docker.
enum ProgressKind: String, Sendable, CaseIterable {
    case auto
    case tty
    case plain
    case json
    case none
}

extension FlagSet {
    /// Declares `--progress`.
    mutating func progress() -> Flag<ProgressKind> {
        custom(
            "progress", type: "string", default: .auto, shown: "\"auto\"",
            "Set type of progress output (\"auto\", \"tty\", \"plain\", \"json\", \"none\")"
        ) { text, value in
            guard let kind = ProgressKind(rawValue: text) else {
                let names = ProgressKind.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
                throw FlagError("must be one of \(names)")
            }
            value = kind
        }
    }
}
