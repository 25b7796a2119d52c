// SPDX-License-Identifier: Apache-2.0

/// The text of `--help`, laid out as docker's template.
struct HelpPage {
    /// Names of listed commands are padded to this, one space before the description (cobra's minimum).
    private static let nameWidth = 11

    let resolved: ResolvedCommand
    /// Columns of the terminal; docker takes 80 without one.
    let columns: Int

    private var command: Command { resolved.command }

    /// The page, with a newline at the end.
    var text: String {
        var parts = ["Usage:  \(usage)", (command.long ?? command.short).trimmed()]
        if command.isExperimental { parts.append(experimentalNotice) }
        if let aliases { parts.append("Aliases:\n  \(aliases)") }
        if !resolved.isRoot, let options { parts.append("Options:\n\(options)") }
        parts += lists
        if resolved.isRoot, let options { parts.append("Global Options:\n\(options)") }
        if !command.subcommands.isEmpty {
            parts.append("Run '\(resolved.commandLine) COMMAND --help' for more information on a command.")
        }
        if let moreHelp = command.moreHelp { parts.append(moreHelp) }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var usage: String {
        if command.subcommands.isEmpty { return resolved.usageLine }
        return resolved.commandLine + (resolved.flags.visible.isEmpty ? "" : " [OPTIONS]") + " COMMAND"
    }

    private var experimentalNotice: String {
        """
        EXPERIMENTAL:
          \(resolved.commandLine) is an experimental feature.
          Experimental features provide early access to product functionality. These
          features may change between releases without warning, or can be removed from a
          future release. Learn more about experimental features in our documentation:
          https://docs.docker.com/go/experimental/
        """
    }

    private var aliases: String? {
        if !command.paths.isEmpty {
            return command.paths.map { "\(resolved.program) \($0)" }.joined(separator: ", ")
        }
        if command.aliases.isEmpty { return nil }
        let parent = ([resolved.program] + resolved.path.dropLast()).joined(separator: " ")
        return ([resolved.commandLine] + command.aliases.map { "\(parent) \($0)" }).joined(separator: ", ")
    }

    private var options: String? {
        let usages = FlagUsages(flags: resolved.flags.visible, columns: columns - 1).text
        return usages.isEmpty ? nil : usages
    }

    /// The subcommands by heading. Only the root has common commands.
    private var lists: [String] {
        let shown = command.subcommands.filter { !$0.isHidden }
        var common: [(place: Int, command: Command)] = []
        var groups: [Command] = []
        var verbs: [Command] = []
        for subcommand in shown {
            if resolved.isRoot, case .common(let place) = subcommand.category {
                common.append((place, subcommand))
            } else if subcommand.subcommands.isEmpty {
                verbs.append(subcommand)
            } else {
                groups.append(subcommand)
            }
        }
        let headings = [
            ("Common Commands:", common.sorted { $0.place < $1.place }.map(\.command)),
            ("Management Commands:", groups),
            ("Commands:", verbs),
        ]
        return headings.filter { !$0.1.isEmpty }.map { heading, commands in
            ([heading] + commands.map(Self.listing)).joined(separator: "\n")
        }
    }

    private static func listing(_ command: Command) -> String {
        let padding = String(repeating: " ", count: max(0, nameWidth - command.name.utf8.count))
        return "  \(command.name)\(padding) \(command.short)"
    }
}
