// SPDX-License-Identifier: Apache-2.0
import Engine
import ImageStore

extension Command {
    /// `docker image ls`, `docker images`.
    static var imageList: Command {
        Command(
            "ls", usage: "[OPTIONS] [REPOSITORY[:TAG]]", "List images", arguments: .atMost(1), aliases: ["list"],
            paths: ["image ls", "image list", "images"]
        ) { flags in
            let options = ImageListFlags(&flags)
            return .local { parsed, context in
                let request = try options.request(parsed, context)
                let store = try context.openStore()
                let images = try request.images(in: store, context)
                if request.showsTree {
                    context.out.write(try ImageTree(images, in: store).text)
                } else {
                    context.out.write(try request.table(of: images, context))
                }
                if images.isEmpty { context.hintSubcommand(request.pattern, parsed) }
                return .success
            }
        }
    }
}

extension Context {
    /// Words that were more likely meant as a subcommand of `image`.
    private static let imageCommands: Set<String> = [
        "build", "history", "import", "inspect", "list", "load", "ls", "prune", "pull", "push", "rm", "save", "tag",
    ]

    /// What `docker images` says when nothing matched such a word.
    func hintSubcommand(_ pattern: String?, _ parsed: ParsedArguments) {
        guard parsed.commandLine == "\(program) images", let pattern, Self.imageCommands.contains(pattern) else {
            return
        }
        err.print("\nNo images found matching \"\(pattern)\": did you mean \"\(program) image \(pattern)\"?")
    }
}
