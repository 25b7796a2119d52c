// SPDX-License-Identifier: Apache-2.0
import Engine
import OCI

extension Command {
    /// `image cp`: from place to place without the store.
    static var imageCopy: Command {
        Command(
            "cp", usage: "[OPTIONS] SOURCE DESTINATION",
            "Copy an image between registries, layouts, archives and engines without storing it",
            long: "Copy an image between registries, layouts, archives and engines without storing it.\n"
                + "SOURCE and DESTINATION are NAME[:TAG] in a registry, oci:PATH[:TAG], oci-archive:FILE[:TAG],\n"
                + "docker-archive:FILE[:NAME] or docker-daemon:NAME.",
            arguments: .exactly(2), aliases: ["copy"]
        ) { flags in
            let all = flags.bool("all", short: "a", "Copy all platforms of the image, with their index")
            let platform = flags.string("platform", "Copy this platform's image (default this machine's)")
            let progress = flags.progress()
            let quiet = flags.bool("quiet", short: "q", "Only show the digest of what was copied")
            return .network { parsed, context in
                guard !parsed[all] || !parsed.isChanged(platform) else {
                    throw StatusError("conflicting options: cannot specify both --all and --platform")
                }
                let wanted = try platformOption(parsed.isChanged(platform) ? parsed[platform] : nil, context)
                let request = CopyRequest(
                    source: try context.location(parsed.arguments[0]),
                    destination: try context.location(parsed.arguments[1]),
                    choice: parsed[all] ? .all : .platform(wanted ?? .host))
                let printer = try ProgressPrinter(parsed[quiet] ? .none : parsed[progress], context: context)
                let copied = try await copy(request, reporting: printer, context: context)
                if parsed[quiet] { context.out.print("\(copied.digest)") }
                return .success
            }
        }
    }

    private static func copy(
        _ request: CopyRequest, reporting printer: ProgressPrinter, context: Context
    ) async throws -> Descriptor {
        defer { printer.finish() }
        return try await context.withRegistry { registry, pool in
            guard StagedCopy.isNeeded(for: request) else {
                return try await CopyOperation(
                    registry: registry, pool: pool, request: request, report: printer.report
                ).run()
            }
            let engine = try [request.source, request.destination].compactMap(context.engineSocket).first
            return try await StagedCopy(
                registry: registry, pool: pool, request: request, engine: engine, scratch: context.scratchDirectory,
                report: printer.report
            ).run()
        }
    }
}
