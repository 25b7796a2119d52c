// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The `certs.d` directories with a `hosts.toml` for each registry that has mirrors. Read when a registry is asked for.
public final class HostsDirectory: EndpointSource {
    private let roots: [String]
    private let builtIn: DockerEndpoints
    private let warn: @Sendable (String) -> Void

    /// - Parameters:
    ///   - configuration: its certificate directories are searched, the first with a file for the registry wins.
    ///   - warn: told each key that nobody knows.
    public init(_ configuration: RegistryConfiguration, warn: @escaping @Sendable (String) -> Void) {
        roots = configuration.certificateDirectories
        // docker's own mirrors are no concern of a registry that has a file.
        builtIn = DockerEndpoints(
            mirrors: [], insecure: configuration.insecureRegistries,
            certificates: CertificateDirectory(roots: configuration.certificateDirectories),
            resolver: SystemHostResolver())
        self.warn = warn
    }

    public func endpoints(for domain: String) async throws -> [Endpoint]? {
        guard let (directory, bytes) = try find(domain) else { return nil }
        let path = directory + "/hosts.toml"
        let file = try HostsFile(parsing: bytes, path: path)
        file.warnings.forEach(warn)
        var endpoints: [Endpoint] = []
        for host in file.hosts {
            endpoints.append(try endpoint(host.url, host.entry, domain, directory, isMirror: true))
        }
        guard let server = file.server else {
            return endpoints + (try await usual(domain, file.serverEntry, path))
        }
        let isMirror = !Self.isOwn(server, domain)
        return endpoints + [try endpoint(server, file.serverEntry, domain, directory, isMirror: isMirror)]
    }

    /// The directory of the registry, under the names that containerd looks for; the first that exists counts, even
    /// without a `hosts.toml`: then it holds certificates in docker's way.
    private func find(_ domain: String) throws(ConfigError) -> (directory: String, bytes: [UInt8])? {
        guard Authority(parsing: domain) != nil, !domain.hasPrefix(".") else { return nil }
        var names = [domain, "_default"]
        if let colon = domain.lastIndex(of: ":"), !domain.hasSuffix("]") {
            names.insert("\(domain[..<colon])_\(domain[domain.index(after: colon)...])_", at: 0)
        }
        for root in roots {
            for name in names {
                let directory = "\(root)/\(name)"
                guard try FileReader.list(directory) != nil else { continue }
                guard let bytes = try FileReader.read(directory + "/hosts.toml") else { break }
                return (directory, bytes)
            }
        }
        return nil
    }

    /// The registry at its usual address, with the settings that stand at the top of the file.
    private func usual(_ domain: String, _ entry: HostEntry, _ path: String) async throws -> [Endpoint] {
        try await (builtIn.endpoints(for: domain) ?? []).map { endpoint in
            var endpoint = endpoint
            endpoint.headers = entry.headers
            endpoint.connectTimeout = entry.dialTimeout
            endpoint.configuredBy = path
            return endpoint
        }
    }

    private func endpoint(
        _ url: HTTPURL, _ entry: HostEntry, _ domain: String, _ directory: String, isMirror: Bool
    ) throws(ConfigError) -> Endpoint {
        var target = url.target.hasSuffix("/") ? url.target : url.target + "/"
        if !entry.overridesPath, target.hasSuffix("/v2/") { target.removeLast(3) }
        var endpoint = Endpoint(
            base: url.replacing(target: target), domain: domain, isMirror: isMirror,
            tls: try identity(url, entry, directory), capabilities: entry.capabilities,
            namespace: Self.isOwn(url, domain) ? nil : domain)
        endpoint.isAPIRoot = entry.overridesPath
        endpoint.headers = entry.headers
        endpoint.connectTimeout = entry.dialTimeout
        endpoint.configuredBy = directory + "/hosts.toml"
        return endpoint
    }

    private func identity(
        _ url: HTTPURL, _ entry: HostEntry, _ directory: String
    ) throws(ConfigError) -> TLSIdentity {
        var identity = try CertificateDirectory(roots: roots).identity(
            for: url.authority, verifies: !entry.skipsVerification)
        for path in entry.authorities { identity.authorities.append(try Self.read(path, directory)) }
        if let client = entry.clientCertificate {
            identity.clientCertificate = ClientCertificate(
                chain: try Self.read(client.chain, directory), key: try Self.read(client.key, directory))
        }
        return identity
    }

    private static func read(_ path: String, _ directory: String) throws(ConfigError) -> [UInt8] {
        let path = path.hasPrefix("/") ? path : "\(directory)/\(path)"
        guard let bytes = try FileReader.read(path) else {
            throw ConfigError("open \(path): no such file or directory")
        }
        return bytes
    }

    /// Whether the address is the registry's own: only there its credentials may go.
    private static func isOwn(_ url: HTTPURL, _ domain: String) -> Bool {
        if domain == "docker.io" { return ["registry-1.docker.io", "docker.io"].contains(url.authority) }
        guard let authority = Authority(parsing: domain), authority.host == url.host else { return false }
        return (authority.port ?? url.scheme.defaultPort) == url.origin.port
    }
}
