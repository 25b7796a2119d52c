// SPDX-License-Identifier: Apache-2.0

public import OCI

/// Endpoints from `registries.conf`. Read when the first registry is asked for.
public final class RegistriesConfSource: EndpointSource {
    private let paths: [String]
    private let builtIn: DockerEndpoints
    private let warn: @Sendable (String) -> Void
    private let loaded = SingleFlight<Bool, RegistriesConf>()

    /// - Parameters:
    ///   - paths: files, and directories whose `*.conf` are read in order of names; a missing one is passed over.
    ///   - warn: told each key that nobody knows.
    public init(
        paths: [String], _ configuration: RegistryConfiguration, warn: @escaping @Sendable (String) -> Void
    ) {
        self.paths = paths
        builtIn = DockerEndpoints(
            mirrors: [], insecure: configuration.insecureRegistries,
            certificates: CertificateDirectory(roots: configuration.certificateDirectories),
            resolver: SystemHostResolver())
        self.warn = warn
    }

    /// Where podman and its relatives look: the user's file in place of the system's, and the drop-ins of both.
    public static func searchPath(environment: [String: String], home: String) -> [String] {
        if let path = environment["CONTAINERS_REGISTRIES_CONF"], !path.isEmpty { return [path] }
        let user = home + "/.config/containers/registries.conf"
        let system = "/etc/containers/registries.conf"
        let main = (try? FileReader.read(user)) != nil ? user : system
        return [main, system + ".d", user + ".d"]
    }

    public func endpoints(for domain: String) async throws -> [Endpoint]? {
        try await endpoints(domain: domain, path: "")
    }

    public func endpoints(for repository: Repository) async throws -> [Endpoint]? {
        try await endpoints(domain: repository.domain, path: repository.path)
    }

    private func endpoints(domain: String, path: String) async throws -> [Endpoint]? {
        let configuration = try await loaded.value(for: true) { _ in
            true
        } make: {
            try self.load()
        }.value
        let name = path.isEmpty ? domain : "\(domain)/\(path)"
        if let warning = configuration.warning(for: name) { warn(warning) }
        guard let registry = configuration.registry(for: name) else { return nil }
        guard !registry.isBlocked else {
            throw ConfigError("registry \(registry.prefix) is blocked in \(registry.path)")
        }
        var endpoints: [Endpoint] = []
        for mirror in registry.mirrors {
            endpoints += try await self.endpoints(mirror, registry, domain, isMirror: true)
        }
        endpoints += try await self.endpoints(registry.place, registry, domain, isMirror: false)
        guard registry.isAlias else { return endpoints }
        let own = try await builtIn.endpoints(for: domain, isInsecure: false)
        return endpoints
            + own.map { Endpoint(base: $0.base, domain: domain, tls: $0.tls, capabilities: .push) }
    }

    private func load() throws -> RegistriesConf {
        var configuration = RegistriesConf()
        for path in paths {
            if let names = try FileReader.list(path) {
                for name in names where name.hasSuffix(".conf") { try add("\(path)/\(name)", to: &configuration) }
            } else {
                try add(path, to: &configuration)
            }
        }
        configuration.warnings.forEach(warn)
        return configuration
    }

    private func add(_ path: String, to configuration: inout RegistriesConf) throws(ConfigError) {
        guard let bytes = try FileReader.read(path) else { return }
        try configuration.add(bytes, path: path)
    }

    /// The endpoints of one location: what follows the prefix in a name follows the location there.
    private func endpoints(
        _ place: RegistriesConf.Place, _ registry: RegistriesConf.Registry, _ domain: String, isMirror: Bool
    ) async throws -> [Endpoint] {
        let location = place.location.isEmpty ? domain : place.location
        let (host, added) = Self.split(location)
        // A wildcard stands for whole hosts; so does a prefix without a path.
        let removed = registry.prefix.hasPrefix("*.") ? "" : Self.split(registry.prefix).path
        let found = try await builtIn.endpoints(for: host, isInsecure: place.isInsecure)
        return found.map { usual in
            var endpoint = Endpoint(
                base: usual.base, domain: isMirror ? domain : host, isMirror: isMirror, tls: usual.tls,
                capabilities: place.capabilities)
            if removed != added { endpoint.rewrite = PathRewrite(removing: removed, adding: added) }
            endpoint.configuredBy = registry.path
            return endpoint
        }
    }

    private static func split(_ location: String) -> (host: String, path: String) {
        let host = location.prefix { $0 != "/" }
        return (String(host), String(location.dropFirst(host.count).drop { $0 == "/" }))
    }
}
