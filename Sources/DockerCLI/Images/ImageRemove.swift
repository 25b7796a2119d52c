// SPDX-License-Identifier: Apache-2.0
import ImageStore

extension Command {
    /// `docker image rm`, `docker rmi`.
    static var imageRemove: Command {
        Command(
            "rm", usage: "[OPTIONS] IMAGE [IMAGE...]", "Remove one or more images", arguments: .atLeast(1),
            aliases: ["remove"], paths: ["image rm", "image remove", "rmi"]
        ) { flags in
            let force = flags.bool("force", short: "f", "Force removal of the image")
            let noPrune = flags.bool("no-prune", "Do not delete untagged parents")
            let platforms = flags.strings(
                "platform",
                "Remove only the given platform variant. Formatted as \"os[/arch[/variant]]\" (e.g., \"linux/amd64\")")
            return .local { parsed, context in
                guard parsed[platforms].count <= 1 else {
                    throw StatusError(context.errorPrefix + "multiple platforms are not supported")
                }
                let options = RemoveOptions(force: parsed[force], prunesParents: !parsed[noPrune])
                return try remove(parsed.arguments, options, context)
            }
        }
    }

    /// Removes one image after the other, prints what happened, and the errors at the end. With `--force` missing
    /// images alone are no failure.
    private static func remove(_ names: [String], _ options: RemoveOptions, _ context: Context) throws -> ExitCode {
        let store = try context.openStore()
        var errors: [any Error] = []
        try store.batch {
            for name in names {
                do {
                    for record in try store.remove(name, options: options).records { context.out.print(record.line) }
                } catch let error as StoreError {
                    errors.append(error)
                }
            }
        }
        guard !errors.isEmpty else { return .success }
        let text = errors.map { context.text(of: $0) }.joined(separator: "\n")
        guard options.force, errors.allSatisfy({ ($0 as? StoreError)?.isNotFound ?? false }) else {
            throw StatusError(text)
        }
        try context.out.flush()
        context.err.print(text)
        return .success
    }
}

extension RemovalRecord {
    /// docker's line for what `rmi` did; `prune` writes it in lower case.
    var line: String {
        switch self {
        case .untagged(let reference): "Untagged: \(reference)"
        case .deleted(let digest): "Deleted: \(digest)"
        }
    }
}
