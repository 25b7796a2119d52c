// SPDX-License-Identifier: Apache-2.0

/// docker's own rules: mirrors for docker.io only, https first, plain http for insecure registries only.
struct DockerEndpoints: EndpointSource {
    static let dockerHub = HTTPURL(scheme: .https, host: "registry-1.docker.io")

    let mirrors: [MirrorURL]
    let insecure: InsecureRegistries
    let certificates: CertificateDirectory
    let resolver: any HostResolver

    func endpoints(for domain: String) async throws -> [Endpoint]? {
        try await endpoints(for: domain, isInsecure: false)
    }

    /// - Parameter isInsecure: the caller knows the registry as insecure, whatever the configuration says.
    func endpoints(for domain: String, isInsecure: Bool) async throws -> [Endpoint] {
        if domain == "docker.io" || domain == "index.docker.io" { return try await dockerHub() }
        guard let authority = Authority(parsing: domain) else {
            throw ConfigError("invalid registry host \"\(domain)\"")
        }
        let isListed = await insecure.contains(domain, resolver: resolver)
        let isInsecure = isInsecure || isListed
        let tls = try certificates.identity(for: domain, verifies: !isInsecure)
        let schemes: [HTTPURL.Scheme] = isInsecure ? [.https, .http] : [.https]
        return schemes.map { scheme in
            Endpoint(
                base: HTTPURL(scheme: scheme, host: authority.host, port: authority.port), domain: domain, tls: tls)
        }
    }

    private func dockerHub() async throws -> [Endpoint] {
        var endpoints: [Endpoint] = []
        for mirror in mirrors {
            let host = mirror.url.authority
            let isInsecure = await insecure.contains(host, resolver: resolver)
            let tls = try certificates.identity(for: host, verifies: !isInsecure)
            endpoints.append(
                Endpoint(
                    base: mirror.url, domain: "docker.io", isMirror: true, tls: tls,
                    capabilities: [.pull, .resolve]))
        }
        let tls = try certificates.identity(for: Self.dockerHub.host, verifies: true)
        endpoints.append(Endpoint(base: Self.dockerHub, domain: "docker.io", tls: tls))
        return endpoints
    }
}
