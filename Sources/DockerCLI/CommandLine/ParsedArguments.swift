// SPDX-License-Identifier: Apache-2.0

/// What the user typed for one command: `parsed[flag]` is an option's value, `parsed.arguments` the rest.
struct ParsedArguments: Sendable {
    /// The command's full name as help shows it: `docker image ls`.
    let commandLine: String
    /// Positional arguments, in order; their number satisfies the command's rule.
    let arguments: [String]
    /// How many of the arguments stood before `--`; nil without one.
    let countBeforeDashes: Int?
    private let values: [any Sendable]
    private let counts: [Int]

    init(commandLine: String, parser: FlagParser) {
        self.commandLine = commandLine
        arguments = parser.arguments
        countBeforeDashes = parser.countBeforeDashes
        values = parser.values
        counts = parser.counts
    }

    subscript<Value>(flag: Flag<Value>) -> Value {
        // The cast only fails for a flag of another set.
        values[flag.index] as? Value ?? flag.initial
    }

    /// Whether any option was given.
    var hasOptions: Bool { counts.contains { $0 > 0 } }

    /// Whether the option was given at all, with whatever value.
    func isChanged(_ flag: Flag<some Any>) -> Bool {
        counts[flag.index] > 0
    }

    /// How often the option was given.
    func changeCount(_ flag: Flag<some Any>) -> Int {
        counts[flag.index]
    }
}
