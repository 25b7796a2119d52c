// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Engine
import ImageStore
import OCI

extension Command {
    /// `docker image rm`, `docker rmi`.
    static var imageRemove: Command {
        Command(
            "rm", usage: "[OPTIONS] IMAGE [IMAGE...]", "Remove one or more images", arguments: .atLeast(1),
            aliases: ["remove"], paths: ["image rm", "image remove", "rmi"]
        ) { flags in
            let dryRun = flags.bool("dry-run", "Show what would be removed and freed, and touch nothing")
            let force = flags.bool("force", short: "f", "Force removal of the image")
            let noPrune = flags.bool("no-prune", "Do not delete untagged parents")
            let pattern = flags.bool("pattern", "Let a name that no image has be a pattern (e.g. 'ci/*:old-*')")
            let platforms = flags.strings(
                "platform",
                "Remove only the given platform variant. Formatted as \"os[/arch[/variant]]\" (e.g., \"linux/amd64\")")
            return .local { parsed, context in
                let platform = try parsed[platforms].compactMap(plainPlatform).first
                guard parsed[platforms].count <= 1 else {
                    throw StatusError(context.errorPrefix + "multiple platforms are not supported")
                }
                let options = RemoveOptions(force: parsed[force], prunesParents: !parsed[noPrune])
                let context = try context.reachingLayers()
                let store = try context.openStore()
                let names = parsed[pattern] ? try parsed.arguments.flatMap(store.expand) : parsed.arguments
                let (chosen, failures) = choose(names, for: platform, in: store)
                var results: [Result<Removal, any Error>] = failures.map { .failure($0) }
                if parsed[dryRun] {
                    let (rehearsed, freed) = try store.rehearseRemoval(of: chosen, options: options)
                    let code = try context.printRemovals(results + rehearsed, isForced: options.force)
                    context.printReclaimed(freed.diskBytes, isDryRun: true)
                    return code
                }
                results += try store.remove(chosen, options: options)
                return try context.printRemovals(results, isForced: options.force)
            }
        }
    }

    /// Leaves out what isn't for `platform`.
    private static func choose(
        _ names: [String], for platform: Platform?, in store: ImageStore
    ) -> (names: [String], failures: [any Error]) {
        guard let platform else { return (names, []) }
        let images = InspectImage(store, platform: platform)
        var chosen: [String] = []
        var failures: [any Error] = []
        for name in names {
            do {
                _ = try images.find(name)
                chosen.append(name)
            } catch {
                failures.append(error)
            }
        }
        return (chosen, failures)
    }
}

extension Context {
    /// Prints what happened, and the errors at the end. With `--force` missing images alone are no failure.
    func printRemovals(_ results: [Result<Removal, any Error>], isForced: Bool) throws -> ExitCode {
        var errors: [any Error] = []
        for result in results {
            switch result {
            case .success(let removal): for record in removal.records { out.print(record.line) }
            case .failure(let error): errors.append(error)
            }
        }
        guard !errors.isEmpty else { return .success }
        let lines = errors.map { text(of: $0) }.joined(separator: "\n")
        guard isForced, errors.allSatisfy({ ($0 as? StoreError)?.isNotFound ?? false }) else {
            throw StatusError(lines)
        }
        try out.flush()
        err.print(lines)
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
