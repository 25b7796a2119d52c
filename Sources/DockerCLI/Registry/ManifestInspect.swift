// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import OCI
import RegistryClient

extension Command {
    /// `docker manifest inspect`.
    static var manifestInspect: Command {
        var command = Command(
            "inspect", usage: "[OPTIONS] [MANIFEST_LIST] MANIFEST", "Display an image manifest, or manifest list",
            arguments: .range(1...2)
        ) { flags in
            let insecure = flags.bool("insecure", "Allow communication with an insecure registry")
            let verbose = flags.bool(
                "verbose", short: "v", "Output additional info including layers and platform")
            return .network { parsed, context in
                let reference = try Reference(resolving: parsed.arguments[parsed.arguments.count - 1])
                // The first of two names a list that `manifest create` made; there are none here.
                guard parsed.arguments.count == 1 else {
                    throw StatusError("No such manifest: \(reference.canonical)")
                }
                let report = try await context.withRegistry(insecure: parsed[insecure] ? [reference.domain] : []) {
                    registry, _ in
                    try await inspect(reference, isVerbose: parsed[verbose], registry)
                }
                context.out.write(report + [UInt8(ascii: "\n")])
                return .success
            }
        }
        command.isExperimental = true
        return command
    }

    private static func inspect(
        _ reference: Reference, isVerbose: Bool, _ registry: RegistryClient
    ) async throws -> [UInt8] {
        do {
            let inspection = ManifestInspection(reference: reference, registry: registry)
            let fetched = try await registry.manifest(reference)
            return isVerbose ? try await inspection.verbose(fetched) : try inspection.brief(fetched)
        } catch let error as RegistryError {
            guard case .api(404, _) = error.kind else { throw StatusError("\(error)") }
            throw noSuchManifest(reference)
        }
    }

    private static func noSuchManifest(_ reference: Reference) -> StatusError {
        StatusError("no such manifest: \(reference.canonical)")
    }
}
