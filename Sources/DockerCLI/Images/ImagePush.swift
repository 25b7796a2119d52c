// SPDX-License-Identifier: Apache-2.0
import Engine
import OCI

extension Command {
    /// `docker image push`, `docker push`.
    static var imagePush: Command {
        Command(
            "push", usage: "[OPTIONS] NAME[:TAG]", "Upload an image to a registry", arguments: .oneAndAddition,
            paths: ["image push", "push"]
        ) { flags in
            let allTags = flags.bool("all-tags", short: "a", "Push all tags of an image to the repository")
            let quiet = flags.bool("quiet", short: "q", "Suppress verbose output")
            flags.contentTrust("Skip image signing")
            let platform = flags.string(
                "platform",
                "Push a platform-specific manifest as a single-platform image to the registry.\n"
                    + "Image index won't be pushed, meaning that other manifests, including attestations "
                    + "won't be preserved.\n'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)")
            let progress = flags.progress()
            return .network { parsed, context in
                if parsed.arguments.count > 1 {
                    let printer = try ProgressPrinter(parsed[quiet] ? .none : parsed[progress], context: context)
                    guard !parsed[allTags] else { throw StatusError("-a pushes to the image's own registry only") }
                    let wanted = try pushedPlatform(parsed[platform])
                    try await push(
                        parsed.arguments[0], to: try context.destination(parsed.arguments[1]), platform: wanted,
                        reporting: printer, context: context)
                    if parsed[quiet] { context.out.print(parsed.arguments[1]) }
                    return .success
                }
                let request = try PushRequest(
                    argument: parsed.arguments[0], allTags: parsed[allTags],
                    platform: pushedPlatform(parsed[platform]))
                if parsed.defaultsTag(request), !parsed[quiet] { context.out.print("Using default tag: latest") }
                let printer = try ProgressPrinter(parsed[quiet] ? .none : parsed[progress], context: context)
                try await push(request, reporting: printer, context: context)
                if parsed[quiet] {
                    context.out.print(request.reference.transferredName(allTags: request.allTags))
                }
                return .success
            }
        }
    }

    /// Pushes `request` from the store and shows how it goes.
    static func push(_ request: PushRequest, reporting printer: ProgressPrinter, context: Context) async throws {
        let store = try context.openStore()
        defer { printer.finish() }
        try await context.withRegistry { registry, pool in
            let operation = PushOperation(
                store: store, registry: registry, pool: pool, request: request, report: printer.report)
            _ = try await operation.run()
        }
    }

    /// Puts an image into a layout, an archive or an engine.
    private static func push(
        _ name: String, to location: ImageLocation, platform: Platform?, reporting printer: ProgressPrinter,
        context: Context
    ) async throws {
        let store = try context.openStore()
        let engine = try context.engineSocket(for: location)
        defer { printer.finish() }
        _ = try await context.withRegistry { _, pool in
            try await PushToLocation(
                store: store, pool: pool, name: name, location: location, platform: platform, engine: engine,
                report: printer.report
            ).run()
        }
    }

    /// docker's client says it twice on one line, and scripts may look for either.
    private static func pushedPlatform(_ text: String) throws -> Platform? {
        do { return try plainPlatform(text) } catch { throw StatusError("Invalid platform \(text)\(error)") }
    }
}

extension ParsedArguments {
    /// Whether the tag of a push is docker's default.
    fileprivate func defaultsTag(_ request: PushRequest) -> Bool {
        request.reference.isNameOnly && !request.allTags
    }
}

extension PushRequest {
    fileprivate init(argument: String, allTags: Bool, platform: Platform?) throws {
        self.init(
            reference: try Reference(transferring: argument, allTags: allTags), platform: platform, allTags: allTags)
    }
}
