// SPDX-License-Identifier: Apache-2.0

/// How many positional arguments a command takes.
enum ArgumentRule: Hashable, Sendable {
    case none
    case exactly(Int)
    case atLeast(Int)
    case atMost(Int)
    case range(ClosedRange<Int>)
    /// One, as in docker; a second is ours.
    case oneAndAddition
    case any

    /// Docker's error for `count` arguments when the rule is broken.
    /// - Parameters:
    ///   - program: the name the binary runs under.
    ///   - path: the command's full name, `docker image ls`.
    ///   - usage: its usage line.
    func violation(by count: Int, program: String, path: String, usage: String) -> StatusError? {
        guard !accepts(count) else { return nil }
        let (rule, hint) = wording
        return StatusError(
            "\(program): '\(path)' \(rule)\n\nUsage:  \(usage)\n\n\(hint) '\(path) --help' for more information")
    }

    private func accepts(_ count: Int) -> Bool {
        switch self {
        case .none: count == 0
        case .exactly(let number): count == number
        case .atLeast(let number): count >= number
        case .atMost(let number): count <= number
        case .range(let range): range.contains(count)
        case .oneAndAddition: (1...2).contains(count)
        case .any: true
        }
    }

    /// The rule in docker's words and the first word of the last line; "SRun" is docker 28's own typo.
    private var wording: (rule: String, hint: String) {
        switch self {
        case .none: ("accepts no arguments", "Run")
        case .exactly(let number): ("requires \(Self.plural(number))", "Run")
        case .oneAndAddition: ("requires 1 argument", "Run")
        case .atLeast(let number): ("requires at least \(Self.plural(number))", "See")
        case .atMost(let number): ("requires at most \(Self.plural(number))", "SRun")
        case .range(let range):
            ("requires at least \(range.lowerBound) and at most \(Self.plural(range.upperBound))", "Run")
        case .any: ("accepts any arguments", "Run")
        }
    }

    private static func plural(_ count: Int) -> String {
        count == 1 ? "1 argument" : "\(count) arguments"
    }
}
