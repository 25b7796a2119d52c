// SPDX-License-Identifier: Apache-2.0

import Logging
import NIOHTTP1
import Synchronization

/// Sends one request to one endpoint: waits where the host asked for it, authorises, follows redirects.
///
/// There is no `GET /v2/` first. The real request goes out at once and a 401 is answered, so that asking for an
/// unchanged tag is one round trip. Where docker would have failed in that first request its error text is kept.
final class RequestSender: Sendable {
    private let transport: any HTTPTransport
    let authenticator: Authenticator
    let realms: RealmPolicy
    private let redirects: RedirectPolicy
    private let clock: RegistryClock
    private let userAgent: String
    private let extraHeaders: [String: String]
    private let logger: Logger

    let pauses = HostPauses()
    private let contacted = Mutex<Set<HTTPOrigin>>([])
    /// Mirrors that answer 400 to `?ns=` and do without.
    private let withoutNamespace = Mutex<Set<HTTPURL>>([])

    init(
        configuration: RegistryConfiguration, transport: any HTTPTransport, resolver: any HostResolver,
        clock: RegistryClock, logger: Logger
    ) {
        self.transport = transport
        self.clock = clock
        self.logger = logger
        userAgent = configuration.userAgent
        extraHeaders = configuration.headers
        realms = RealmPolicy(resolver: resolver, trustedHosts: configuration.trustedTokenServers)
        redirects = RedirectPolicy(realms: realms)
        authenticator = Authenticator(
            credentials: configuration.credentials, realms: realms, clock: clock,
            fetcher: TokenFetcher(
                transport: transport, redirects: redirects, clock: clock, timeout: configuration.timeouts.token,
                userAgent: configuration.userAgent))
    }

    /// Whether the origin has answered anything yet.
    func hasContacted(_ origin: HTTPOrigin) -> Bool {
        contacted.withLock { $0.contains(origin) }
    }

    /// - Throws: `RegistryError` only for what isn't an answer; any status is the caller's to judge.
    func send(_ request: RegistryRequest, to endpoint: Endpoint) async throws -> RegistryAnswer {
        guard endpoint.namespace != nil else { return try await sendAuthorized(request, to: endpoint) }
        var plain = endpoint
        plain.namespace = nil
        if withoutNamespace.withLock({ $0.contains(endpoint.base) }) {
            return try await sendAuthorized(request, to: plain)
        }
        let answer = try await sendAuthorized(request, to: endpoint)
        guard answer.status == 400, case .path = request.target else { return answer }
        let retried = try await sendAuthorized(request, to: plain)
        guard retried.status != 400 else { return answer }
        withoutNamespace.withLock { _ = $0.insert(endpoint.base) }
        await answer.response.drain()
        return retried
    }

    private func sendAuthorized(_ request: RegistryRequest, to endpoint: Endpoint) async throws -> RegistryAnswer {
        let line = RequestLine(method: request.method.rawValue, url: request.url(at: endpoint))
        var rejected: Secret?
        while true {
            try await waitForPause(of: endpoint)
            let authorization = try await authorize(request, endpoint, line, rejected)
            let answer = try await exchange(request, endpoint, line, authorization)
            guard try await shouldAuthorizeAgain(answer, endpoint, authorization) else { return answer }
            rejected = authorization?.header
            await answer.response.drain()
        }
    }

    /// Answered with a challenge: worth another try if nothing was sent yet, or a token from the cache.
    private func shouldAuthorizeAgain(
        _ answer: RegistryAnswer, _ endpoint: Endpoint, _ authorization: Authorization?
    ) async throws -> Bool {
        // A challenge from where a redirect led is not the registry's: credentials are not for it.
        guard answer.status == 401, answer.url.origin == endpoint.base.origin else { return false }
        guard let authorization else { return authenticator.learn(answer.response.headers, from: endpoint) }
        return !authorization.isNew
    }

    private func authorize(
        _ request: RegistryRequest, _ endpoint: Endpoint, _ line: RequestLine, _ rejected: Secret?
    ) async throws -> Authorization? {
        guard line.url.origin == endpoint.base.origin else { return nil }
        do {
            return try await authenticator.authorization(
                for: endpoint, scopes: request.scopes.map(endpoint.scope), rejected: rejected)
        } catch let error as RegistryError where error.request != nil {
            throw RegistryError(.caused(by: error), request: line, host: endpoint.base.authority)
        } catch let error as RegistryError {
            throw error.during(line)
        }
    }

    /// One request with that authorisation, redirects followed.
    func exchange(
        _ request: RegistryRequest, _ endpoint: Endpoint, _ line: RequestLine, _ authorization: Authorization?
    ) async throws -> RegistryAnswer {
        let message = message(request, endpoint, line.url, authorization)
        let host = endpoint.base.authority
        logger.debug("request", metadata: ["method": "\(line.method)", "url": "\(line.url.redacted)"])
        do {
            let (response, last) = try await redirects.send(message, over: transport, from: endpoint)
            note(response, endpoint, last.url)
            return RegistryAnswer(response: response, url: last.url, line: line, host: last.url.authority)
        } catch let failure as TransportFailure {
            // docker would have failed in its ping.
            let isKnown = hasContacted(endpoint.base.origin)
            let shown = isKnown ? line : RequestLine(method: "GET", url: endpoint.ping)
            throw RegistryError(.transport(failure), request: shown, host: host)
        } catch let error as RegistryError {
            // Only a redirect that leads nowhere gets here, and that is an answer too.
            contacted.withLock { _ = $0.insert(endpoint.base.origin) }
            throw error.during(line)
        }
    }

    private func message(
        _ request: RegistryRequest, _ endpoint: Endpoint, _ url: HTTPURL, _ authorization: Authorization?
    ) -> TransportRequest {
        let isOwn = url.origin == endpoint.base.origin
        var headers = request.headers
        headers.replaceOrAdd(name: "User-Agent", value: userAgent)
        // A transparently encoded answer would have another digest.
        headers.replaceOrAdd(name: "Accept-Encoding", value: "identity")
        if isOwn {
            for (name, value) in extraHeaders.sorted(by: { $0.key < $1.key }) where !headers.contains(name: name) {
                headers.add(name: name, value: value)
            }
            for name in Set(endpoint.headers.map(\.name)) { headers.remove(name: name) }
            for header in endpoint.headers { headers.add(name: header.name, value: header.value.reveal()) }
        }
        if let authorization { headers.replaceOrAdd(name: "Authorization", value: authorization.header.reveal()) }
        return TransportRequest(
            method: request.method, url: url, headers: headers, body: request.body?(),
            tls: isOwn ? endpoint.tls : endpoint.tls.forOtherHosts,
            connectTimeout: isOwn ? endpoint.connectTimeout : nil)
    }

    private func note(_ response: TransportResponse, _ endpoint: Endpoint, _ last: HTTPURL) {
        contacted.withLock { _ = $0.insert(endpoint.base.origin) }
        logger.debug("answer", metadata: ["status": "\(response.status)", "url": "\(last.redacted)"])
        guard response.status == 429 || response.status == 503 else { return }
        guard let length = RetryAfter.parse(response.headers), length <= RegistryError.longestPause else { return }
        pauses.pause(last.origin, for: length, now: clock.now())
    }

    /// Whoever comes while a host wants to be left alone waits; another answer may prolong it meanwhile.
    private func waitForPause(of endpoint: Endpoint) async throws {
        while let remaining = pauses.remaining(endpoint.base.origin, now: clock.now()) {
            try await clock.sleep(remaining)
        }
    }
}
