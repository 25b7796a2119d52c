// SPDX-License-Identifier: Apache-2.0

public import OCI

/// Knows the endpoints of registries. `hosts.toml` and `registries.conf` are further conformances.
public protocol EndpointSource: Sendable {
    /// In the order to try; nil when this source has nothing to say about the registry.
    /// - Parameter domain: as in references, `docker.io` or `host[:port]`.
    /// - Throws: `ConfigError`.
    func endpoints(for domain: String) async throws -> [Endpoint]?

    /// The same for one repository, where a source tells repositories of a registry apart.
    func endpoints(for repository: Repository) async throws -> [Endpoint]?
}

extension EndpointSource {
    public func endpoints(for repository: Repository) async throws -> [Endpoint]? {
        try await endpoints(for: repository.domain)
    }
}
