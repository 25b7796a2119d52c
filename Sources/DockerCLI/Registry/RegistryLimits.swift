// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import OCI
import RegistryClient

extension Command {
    /// What Docker Hub offers for this question; asking for its manifest counts nothing.
    private static let probe = "ratelimitpreview/test:latest"

    /// `registry limits [REFERENCE]`: what is left of the quota for pulls.
    static var registryLimits: Command {
        Command(
            "limits", usage: "[NAME[:TAG]]", "Show what is left of a registry's rate limit",
            long: "Show what is left of a registry's rate limit.\nDefaults to Docker Hub if no image is named.",
            arguments: .atMost(1)
        ) { _ in
            .network { parsed, context in
                let argument = parsed.arguments.first ?? probe
                let reference = try Reference(resolving: argument)
                // `localhost:5000` would be the image `localhost` of Docker Hub.
                if !argument.contains("/"),
                    argument.hasPrefix("localhost:") || argument.prefix(while: { $0 != ":" }).contains(".")
                {
                    throw StatusError("\(argument) names a registry: name an image in it, \(argument)/NAME")
                }
                let limit = try await context.withRegistry { registry, _ in
                    try await naming(reference) {
                        _ = try await registry.resolve(reference)
                        if registry.rateLimit(of: reference.repository) == nil, reference.digest != nil {
                            _ = try await registry.manifest(reference)
                        }
                    }
                    return registry.rateLimit(of: reference.repository)
                }
                guard let limit else {
                    context.out.print("\(reference.domain) tells of no limit")
                    return .success
                }
                context.out.write(TabWriter().align(table(limit, reference.domain)))
                return .success
            }
        }
    }

    private static func table(_ limit: RateLimit, _ domain: String) -> String {
        let number: (Int?) -> String = { $0.map(String.init) ?? "unknown" }
        let window = limit.window.map { GoDuration.seconds(Int64($0)).description } ?? "unknown"
        return """
            REGISTRY\tLIMIT\tREMAINING\tWINDOW\tSOURCE
            \(domain)\t\(number(limit.limit))\t\(number(limit.remaining))\t\(window)\t\(limit.source ?? "")

            """
    }
}
