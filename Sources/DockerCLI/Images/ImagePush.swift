// SPDX-License-Identifier: Apache-2.0
import Engine
import OCI

extension Command {
    /// `docker image push`, `docker push`.
    static var imagePush: Command {
        Command(
            "push", usage: "[OPTIONS] NAME[:TAG]", "Upload an image to a registry", arguments: .exactly(1),
            paths: ["image push", "push"]
        ) { flags in
            let allTags = flags.bool("all-tags", short: "a", "Push all tags of an image to the repository")
            let quiet = flags.bool("quiet", short: "q", "Suppress verbose output")
            _ = flags.bool("disable-content-trust", default: true, "Skip image signing")
            let platform = flags.string(
                "platform",
                "Push a platform-specific manifest as a single-platform image to the registry.\n"
                    + "Image index won't be pushed, meaning that other manifests, including attestations "
                    + "won't be preserved.\n'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)")
            let progress = flags.progress()
            return .network { parsed, context in
                let request = try PushRequest(
                    argument: parsed.arguments[0], allTags: parsed[allTags],
                    platform: explicitPlatform(parsed[platform], context))
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

    /// `--platform` of the verbs that DOCKER_DEFAULT_PLATFORM says nothing to.
    static func explicitPlatform(_ text: String, _ context: Context) throws -> Platform? {
        guard !text.isEmpty else { return nil }
        return try platformOption(text, context)
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
