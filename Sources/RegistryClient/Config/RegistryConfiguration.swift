// SPDX-License-Identifier: Apache-2.0

/// Everything a `RegistryClient` has to know before its first request.
public struct RegistryConfiguration: Sendable {
    /// Of docker.io, in order of preference.
    public var mirrors: [MirrorURL] = []
    public var insecureRegistries = InsecureRegistries()
    /// `certs.d` directories; the first that has a host's directory wins.
    public var certificateDirectories = ["/etc/dockerlite/certs.d", "/etc/docker/certs.d"]
    public var credentials: any CredentialProvider = AnonymousCredentials()
    public var proxies = ProxySettings()
    /// Sent to registries with every request, never to where they redirect.
    public var headers: [String: String] = [:]
    public var maxConcurrentDownloads = 3
    public var maxConcurrentUploads = 5
    public var maxDownloadAttempts = 5
    public var parts = PartSettings()
    public var timeouts = RegistryTimeouts()
    public var userAgent = "dockerlite"
    /// Token servers that may see credentials though they are in another domain than the registry.
    public var trustedTokenServers: Set<String> = []
    /// Asked before the built-in rules, in order: configurations that know mirrors for any registry.
    public var endpointSources: [any EndpointSource] = []
    /// Where it is kept which mirrors could not be reached; nil keeps it for the life of the client only.
    public var mirrorMemory: (any MirrorMemory)?

    public init() {}

    /// - Parameter environment: read for the proxies and `DOCKER_AUTH_CONFIG`.
    public init(
        engine: EngineConfig, client: ClientConfig, environment: [String: String]
    ) throws(ConfigError) {
        mirrors = try engine.registryMirrors.map { (text) throws(ConfigError) in try MirrorURL(text) }
        insecureRegistries = try InsecureRegistries(engine.insecureRegistries)
        credentials = try DockerCredentials(config: client, environment: environment)
        proxies = try ProxySettings(environment: environment, engine: engine)
        headers = client.httpHeaders
        maxConcurrentDownloads = engine.maxConcurrentDownloads
        maxConcurrentUploads = engine.maxConcurrentUploads
        maxDownloadAttempts = engine.maxDownloadAttempts
        parts.connections = engine.maxConnectionsPerLayer ?? parts.connections
        timeouts.idleRead = engine.idleTimeout ?? timeouts.idleRead
    }
}
