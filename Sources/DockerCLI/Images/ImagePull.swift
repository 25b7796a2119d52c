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
            _ = flags.bool("disable-content-trust", default: true, "Skip image verification")
            return .network { parsed, context in
                let request = try PullRequest(
                    argument: parsed.arguments[0], allTags: parsed[allTags],
                    platform: platformOption(parsed.isChanged(platform) ? parsed[platform] : nil, context))
                if request.reference.isNameOnly, !request.allTags, !parsed[quiet] {
                    context.out.print("Using default tag: latest")
                }
                let printer = try ProgressPrinter(parsed[quiet] ? .none : parsed[progress], context: context)
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
        try await context.withRegistry { registry, pool in
            let operation = PullOperation(
                store: store, registry: registry, pool: pool, request: request, report: printer.report)
            _ = try await operation.run()
        }
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
    fileprivate init(argument: String, allTags: Bool, platform: Platform?) throws {
        let reference = try Reference(transferring: argument, allTags: allTags)
        self.init(reference: reference.withoutIgnoredTag, argument: argument, platform: platform, allTags: allTags)
    }
}
