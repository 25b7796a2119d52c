// SPDX-License-Identifier: Apache-2.0

/// A command at its place in the tree with its options declared.
struct ResolvedCommand: Sendable {
    let command: Command
    let program: String
    /// Names from the top to the command, without the program.
    let path: [String]
    let flags: FlagSet
    let action: Action
    /// The option that asks for help, and the root's that asks for the version.
    let help: Flag<Bool>
    let version: Flag<Bool>?

    init(_ command: Command, program: String, path: [String]) {
        self.command = command
        self.program = program
        self.path = path
        var flags = FlagSet()
        action = command.define(&flags)
        version = command.version.map { _ in
            flags.bool("version", short: "v", "Print version information and quit")
        }
        help = Self.declareHelp(&flags)
        self.flags = flags
    }

    /// Every command has `--help`, hidden; those that need `-h` for something else declare it themselves.
    private static func declareHelp(_ flags: inout FlagSet) -> Flag<Bool> {
        if let index = flags.index(named: "help") { return Flag(name: "help", initial: false, index: index) }
        let help = flags.bool("help", short: "h", "Print usage")
        flags.hide(help)
        flags.deprecateShort(help, "use --help")
        return help
    }

    var isRoot: Bool { path.isEmpty }

    /// `docker image ls`.
    var commandLine: String { ([program] + path).joined(separator: " ") }

    /// `docker image ls [OPTIONS] [REPOSITORY[:TAG]]`.
    var usageLine: String {
        let usage = command.usage.replacing("%s", with: program)
        return usage.isEmpty ? commandLine : commandLine + " " + usage
    }

    func usageError(_ error: FlagError) -> StatusError {
        StatusError(
            "\(error)\n\nUsage:  \(usageLine)\n\nRun '\(commandLine) --help' for more information", code: .usage)
    }

    /// The error for positional arguments that the command doesn't take.
    func argumentError(_ arguments: [String]) -> StatusError? {
        if isRoot, let word = arguments.first {
            return StatusError("\(unknownCommand(word))\n\nRun '\(commandLine) --help' for more information")
        }
        if !command.subcommands.isEmpty, let word = arguments.first {
            return StatusError(
                "\(unknownCommand(word))\n\nUsage:  \(usageLine)\n\nRun '\(commandLine) --help' for more information")
        }
        return command.arguments.violation(
            by: arguments.count, program: program, path: commandLine, usage: usageLine)
    }

    private func unknownCommand(_ word: String) -> String {
        "\(program): unknown command: \(commandLine) \(word)"
    }
}
