// SPDX-License-Identifier: Apache-2.0

/// The walk from the root to the command that the arguments name, past the options of the groups on the way.
struct CommandSearch {
    struct Result {
        let command: ResolvedCommand
        /// What is left for the command itself.
        let arguments: [String]
        /// A group on the way was asked for help: it is the command's help that is meant.
        var wantsHelp: Bool
        var warnings: [String]
    }

    let root: ResolvedCommand

    /// - Throws: `FlagError` for a group's unknown option before a subcommand; docker prints no usage then.
    func find(_ arguments: [String], wantsHelp: Bool) throws(FlagError) -> Result {
        var result = Result(command: root, arguments: arguments, wantsHelp: wantsHelp, warnings: [])
        while let next = try step(result) { result = next }
        return result
    }

    /// One level down, if the first word that is no option names a subcommand.
    private func step(_ result: Result) throws(FlagError) -> Result? {
        let resolved = result.command
        if resolved.command.subcommands.isEmpty { return nil }
        guard let position = firstPlainWord(of: result.arguments, flags: resolved.flags) else { return nil }
        guard let next = resolved.command.subcommand(named: result.arguments[position]) else { return nil }
        var parser = FlagParser(flags: resolved.flags, isInterspersed: true)
        try parser.parse(Array(result.arguments[..<position]))
        let parsed = ParsedArguments(commandLine: resolved.commandLine, parser: parser)
        return Result(
            command: ResolvedCommand(next, program: root.program, path: resolved.path + [next.name]),
            arguments: Array(result.arguments[(position + 1)...]),
            wantsHelp: result.wantsHelp || parsed[resolved.help],
            warnings: result.warnings + parser.warnings)
    }

    /// The first word that is neither an option nor the value of one. Unknown options count as taking a value.
    private func firstPlainWord(of arguments: [String], flags: FlagSet) -> Int? {
        var isValue = false
        for (index, word) in arguments.enumerated() {
            let bytes = Array(word.utf8)
            let hasValue = bytes.contains(UInt8(ascii: "="))
            if bytes.starts(with: "--".utf8), !hasValue {
                let name = String(decoding: bytes.dropFirst(2), as: UTF8.self)
                isValue = flags.index(named: name).flatMap { flags.definitions[$0].bareArgument } == nil
            } else if bytes.first == UInt8(ascii: "-"), bytes.count == 2, !hasValue {
                let short = Character(UnicodeScalar(bytes[1]))
                isValue = flags.index(short: short).flatMap { flags.definitions[$0].bareArgument } == nil
            } else if isValue {
                isValue = false
            } else if bytes.first != UInt8(ascii: "-") || bytes.count < 2 {
                return index
            }
        }
        return nil
    }
}
