// SPDX-License-Identifier: Apache-2.0

public import Logging
public import OCI
import Synchronization

/// Talks to registries: the distribution API over an `HTTPTransport`.
///
/// One value serves a whole process: what it learns about registries (endpoints, tokens, pauses) all callers share.
/// Methods throw `RegistryError` or `CancellationError`. Nothing is connected, and no thread started, before the first
/// request.
public final class RegistryClient: Sendable {
    public let configuration: RegistryConfiguration
    let sender: RequestSender
    /// For `retrying`: the clock the client itself uses.
    public let clock: RegistryClock

    let spareConnections: SpareConnections
    let transport: any HTTPTransport
    private let directory: EndpointDirectory
    let observations = Mutex(RegistryObservations())
    let storageTargets = Mutex<[BlobAddress: HTTPURL]>([:])
    /// Blobs at mirrors that failed to send them.
    let passedOver = Mutex<Set<BlobAddress>>([])
    /// Endpoints that answer parts of blobs wrongly.
    let withoutParts = Mutex<Set<HTTPURL>>([])

    /// - Parameter transport: nil for the real one.
    public convenience init(
        configuration: RegistryConfiguration, transport: (any HTTPTransport)? = nil,
        clock: RegistryClock = .system, logger: Logger = Logger(label: "registry")
    ) {
        self.init(
            configuration: configuration, transport: transport, resolver: SystemHostResolver(), clock: clock,
            logger: logger)
    }

    init(
        configuration: RegistryConfiguration, transport: (any HTTPTransport)?, resolver: any HostResolver,
        clock: RegistryClock, logger: Logger
    ) {
        let transport =
            transport
            ?? AsyncHTTPTransport(
                proxies: configuration.proxies, timeouts: configuration.timeouts,
                // A copy within one registry fetches a blob while it sends it: were all connections held by uploads,
                // the downloads that feed them would wait for ever.
                connectionsPerHost: max(
                    8, configuration.maxConcurrentDownloads + configuration.parts.connections,
                    2 * configuration.maxConcurrentUploads))
        self.configuration = configuration
        spareConnections = SpareConnections(configuration.parts.connections - 1)
        self.transport = transport
        self.clock = clock
        sender = RequestSender(
            configuration: configuration, transport: transport, resolver: resolver, clock: clock, logger: logger)
        let builtIn = DockerEndpoints(
            mirrors: configuration.mirrors, insecure: configuration.insecureRegistries,
            certificates: CertificateDirectory(roots: configuration.certificateDirectories), resolver: resolver)
        directory = EndpointDirectory(
            sources: configuration.endpointSources + [builtIn], memory: configuration.mirrorMemory)
    }

    /// The places that would be asked for the repository, in order; nothing is sent.
    public func endpoints(of repository: Repository) async throws -> [Endpoint] {
        try await directory.endpoints(for: repository)
    }

    /// Closes all connections; call it before the value goes.
    public func shutdown() async {
        await transport.shutdown()
    }

    /// Runs `body` with one endpoint after the other until one has an answer that counts (docker's rules).
    /// - Parameter except: endpoints to leave out, unless none would be left.
    func atEndpoint<Result>(
        of repository: Repository, for capability: Endpoint.Capabilities, except: (Endpoint) -> Bool = { _ in false },
        _ body: (Endpoint) async throws -> Result
    ) async throws -> Result {
        let all = try await directory.endpoints(for: repository, capability)
        let chosen = all.filter { !except($0) }
        return try await atOne(of: chosen.isEmpty ? all : chosen, for: repository.canonical, body)
    }

    func atEndpoint<Result>(
        ofDomain domain: String, for capability: Endpoint.Capabilities, _ body: (Endpoint) async throws -> Result
    ) async throws -> Result {
        try await atOne(of: directory.endpoints(for: domain, capability), for: domain, body)
    }

    private func atOne<Result>(
        of endpoints: [Endpoint], for name: String, _ body: (Endpoint) async throws -> Result
    ) async throws -> Result {
        var lastError: RegistryError?
        var unreachable: [Endpoint] = []
        for (position, endpoint) in endpoints.enumerated() {
            if shouldSkip(endpoint) { continue }
            let leavesMirrors = endpoints[(position + 1)...].contains(where: \.isMirror)
            do {
                let result = try await body(endpoint)
                directory.markDead(unreachable)
                return result
            } catch let error as RegistryError
                where leavesMirrors || error.fallsThrough(fromMirror: endpoint.isMirror)
            {
                if isUnreachable(endpoint, error) { unreachable.append(endpoint) }
                // What the registry says counts, also where a mirror is asked after it.
                if !endpoint.isMirror || !endpoints[..<position].contains(where: { !$0.isMirror }) {
                    lastError = error
                }
            }
        }
        throw lastError ?? RegistryError(.protocolViolation("no endpoint serves \(name)"))
    }

    private func isUnreachable(_ endpoint: Endpoint, _ error: RegistryError) -> Bool {
        guard case .transport = error.kind else { return false }
        return !sender.hasContacted(endpoint.base.origin)
    }

    private func shouldSkip(_ endpoint: Endpoint) -> Bool {
        let origin = endpoint.base.origin
        // A mirror that wants to be left alone is no reason to wait: the next one is there.
        if endpoint.isMirror, sender.pauses.remaining(origin, now: clock.now()) != nil { return true }
        // Never from https down to http once https has worked, whatever happens to it later.
        guard origin.scheme == .http, !endpoint.isMirror else { return false }
        let secure = HTTPURL(scheme: .https, host: endpoint.base.host, port: endpoint.base.port)
        return sender.hasContacted(secure.origin)
    }
}
