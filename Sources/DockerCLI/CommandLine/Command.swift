// SPDX-License-Identifier: Apache-2.0

/// One command of the tree: what help says about it, its options, and what it does.
///
/// A verb is one file with one command. Options are declared in the closure, which runs only when the command is used
/// or its help is shown; the handles they return are the keys to the parsed values:
///
/// ```swift
/// // SPDX-License-Identifier: Apache-2.0
/// import Engine
///
/// extension Command {
///     /// `docker image rm`, `docker rmi`.
///     static var imageRemove: Command {
///         Command(
///             "rm", usage: "[OPTIONS] IMAGE [IMAGE...]", "Remove one or more images", arguments: .atLeast(1),
///             aliases: ["remove"], paths: ["image rm", "image remove", "rmi"]
///         ) { flags in
///             let force = flags.bool("force", short: "f", "Force removal of the image")
///             let noPrune = flags.bool("no-prune", "Do not delete untagged parents")
///             let platforms = flags.strings("platform", "Remove only the given platform variant. Formatted as …")
///             return .local { parsed, context in
///                 for name in parsed.arguments {
///                     let report = try RemoveImage(name, force: parsed[force], prune: !parsed[noPrune]).run(in: …)
///                     context.out.print(report)
///                 }
///                 return .success
///             }
///         }
///     }
/// }
/// ```
///
/// The tree puts it under each of its parents: `Command.imageRemove` in the subcommands of `image`, and
/// `.imageRemove.named("rmi")` in the root's. `.network` instead of `.local` makes the closure `async`.
struct Command: Sendable {
    /// Where the root's help lists a command; others go under "Commands:", groups under "Management Commands:".
    enum Category: Hashable, Sendable {
        case plain
        /// Under "Common Commands:", by ascending place.
        case common(Int)
    }

    var name: String
    /// Other names at the same place, `list` for `ls`.
    var aliases: [String]
    /// Every full name without the program's, as help shows them under "Aliases:"; empty derives them from `aliases`.
    var paths: [String]
    /// The usage line after the command's name; a second line starts with the program's name as `%s`.
    var usage: String
    /// One line for the parent's help.
    var short: String
    /// What the command's own help says; nil repeats `short`.
    var long: String?
    var arguments: ArgumentRule
    /// False when the first positional argument ends the options, as in `docker run IMAGE -x`.
    var isInterspersed: Bool
    var category: Category
    /// Works, but no help lists it.
    var isHidden = false
    /// Has docker's notice about experimental features in its help.
    var isExperimental = false
    /// The text after "Docker version " that `--version` prints; for the root, which then has the option.
    var version: String?
    /// The last paragraph of help.
    var moreHelp: String?
    var subcommands: [Command] = []
    /// Declares the options and says what to do with them.
    var define: @Sendable (inout FlagSet) -> Action

    init(
        _ name: String, usage: String = "", _ short: String, long: String? = nil, arguments: ArgumentRule,
        interspersed: Bool = true, aliases: [String] = [], paths: [String] = [], category: Category = .plain,
        define: @escaping @Sendable (inout FlagSet) -> Action
    ) {
        self.name = name
        self.usage = usage
        self.short = short
        self.long = long
        self.arguments = arguments
        self.isInterspersed = interspersed
        self.aliases = aliases
        self.paths = paths
        self.category = category
        self.define = define
    }

    /// A command that only holds others, such as `docker image`.
    static func group(_ name: String, _ short: String, _ subcommands: [Command]) -> Command {
        var command = Command(name, short, arguments: .none) { _ in .group }
        command.subcommands = subcommands.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        return command
    }

    /// The top of the tree, named after the program.
    static func root(
        _ program: String, _ short: String, version: String, moreHelp: String? = nil, _ subcommands: [Command],
        globals define: @escaping @Sendable (inout FlagSet) -> Action
    ) -> Command {
        var command = group(program, short, subcommands + [.help])
        command.usage = "[OPTIONS] COMMAND [ARG...]"
        command.arguments = .any
        command.version = version
        command.moreHelp = moreHelp
        command.define = define
        return command
    }

    /// The same verb at another place of the tree.
    func named(_ name: String, aliases: [String] = [], category: Category = .plain) -> Command {
        var command = self
        command.name = name
        command.aliases = aliases
        command.category = category
        return command
    }

    /// The same verb with a category, for the root's help.
    func listed(_ category: Category) -> Command {
        named(name, aliases: aliases, category: category)
    }

    func subcommand(named word: String) -> Command? {
        subcommands.first { $0.name == word || $0.aliases.contains(word) }
    }

    private static var help: Command {
        var command = Command("help", usage: "[command]", "Help about the command", arguments: .any) { _ in .help }
        command.isHidden = true
        return command
    }
}
