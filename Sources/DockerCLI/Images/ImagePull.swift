// SPDX-License-Identifier: Apache-2.0
import Engine
import OCI

extension Command {
    /// `docker image pull`, `docker pull`.
    static var imagePull: Command {
        Command(
            "pull", usage: "[OPTIONS] NAME[:TAG|@DIGEST]", "Download an image from a registry", arguments: .exactly(1),
            paths: ["image pull", "pull"]
        ) { flags in
            let allTags = flags.bool("all-tags", short: "a", "Download all tagged images in the repository")
            let platform = flags.string("platform", "Set platform if server is multi-platform capable")
            let quiet = flags.bool("quiet", short: "q", "Suppress verbose output")
            let progress = flags.progress()
            flags.contentTrust("Skip image verification")
            return .network { parsed, context in
                let printer = try ProgressPrinter(parsed[quiet] ? .none : parsed[progress], context: context)
                if let location = try context.storedElsewhere(parsed.arguments[0]), location.transport != .registry {
                    guard !parsed[allTags] else {
                        throw StatusError("\(location) has no tags to pull: -a is for registries")
                    }
                    let wanted = try platformOption(parsed.isChanged(platform) ? parsed[platform] : nil, context)
                    try pull(from: location, platform: wanted, reporting: printer, context: context)
                    return .success
                }
                var request = try PullRequest(
                    argument: context.registryName(parsed.arguments[0]), allTags: parsed[allTags])
                if request.reference.isNameOnly, !request.allTags, !parsed[quiet] {
                    context.out.print("Using default tag: latest")
                }
                // docker's client leaves it to the engine to look at the platform.
                request.platform = try platformOption(parsed.isChanged(platform) ? parsed[platform] : nil, context)
                try await pull(request, reporting: printer, context: context)
                if parsed[quiet] || printer.kind != .json {
                    context.out.print(request.reference.transferredName(allTags: request.allTags))
                }
                return .success
            }
        }
    }

    /// Pulls `request` into the store and shows how it goes.
    static func pull(_ request: PullRequest, reporting printer: ProgressPrinter, context: Context) async throws {
        let store = try context.openStore()
        defer { printer.finish() }
        try await context.withRegistry(store: store) { registry, pool in
            let operation = PullOperation(
                store: store, registry: registry, pool: pool, request: request, report: printer.report)
            _ = try await operation.run()
        }
    }

    /// Pulls from a layout, an archive or an engine, and says what the image is called here.
    private static func pull(
        from location: ImageLocation, platform: Platform?, reporting printer: ProgressPrinter, context: Context
    ) throws {
        defer { printer.finish() }
        let report = printer.report
        // As in docker's load, only a terminal is shown the progress of layers.
        let showsLayers = printer.kind != .plain
        let operation = PullFromLocation(
            store: try context.openStore(), location: location, platform: platform,
            engine: try context.engineSocket(for: location)
        ) { event in
            if case .update = event, !showsLayers { return }
            report(event)
        }
        let names = try operation.run()
        guard printer.kind != .json else { return }
        for name in names { context.out.print(name) }
    }

    /// `--platform`, or what DOCKER_DEFAULT_PLATFORM says; nil is this machine's.
    static func platformOption(_ option: String?, _ context: Context) throws -> Platform? {
        guard let text = option ?? context.variable("DOCKER_DEFAULT_PLATFORM"), !text.isEmpty else { return nil }
        do {
            return try Platform(parsing: text)
        } catch {
            throw StatusError(context.errorPrefix + "\(error)")
        }
    }
}

extension PullRequest {
    fileprivate init(argument: String, allTags: Bool) throws {
        let reference = try Reference(transferring: argument, allTags: allTags)
        self.init(reference: reference.withoutIgnoredTag, argument: argument, allTags: allTags)
    }
}
