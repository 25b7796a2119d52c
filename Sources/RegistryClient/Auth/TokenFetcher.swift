// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1

/// Asks token servers.
struct TokenFetcher: Sendable {
    let transport: any HTTPTransport
    let redirects: RedirectPolicy
    let clock: RegistryClock
    let timeout: Duration
    let userAgent: String

    /// - Parameter endpoint: whose challenge it was: its certificates count if the token server is on the same host.
    func fetch(_ request: TokenRequest, for endpoint: Endpoint) async throws -> AccessToken {
        var message = request.transportRequest
        message.headers.add(name: "User-Agent", value: userAgent)
        message.headers.add(name: "Accept-Encoding", value: "identity")
        message.tls = tls(for: message.url, endpoint)
        let line = RequestLine(method: message.method.rawValue, url: message.url)
        let timedOut = RegistryError(.transport(.idleTimeout), request: line, host: message.url.authority)
        return try await clock.limited(to: timeout, failure: timedOut) { [message] in
            try await exchange(message, line, endpoint)
        }
    }

    private func exchange(
        _ message: TransportRequest, _ line: RequestLine, _ endpoint: Endpoint
    ) async throws -> AccessToken {
        do {
            let response = try await redirects.send(message, over: transport, from: endpoint).response
            let body = try await response.collect(limit: ErrorResponse.bodyLimit)
            guard response.isSuccess else {
                throw RegistryError(
                    ErrorResponse.parse(status: response.status, headers: response.headers, body: body),
                    host: message.url.authority, retryAfter: RetryAfter.parse(response.headers))
            }
            return try AccessToken(parsing: body, now: clock.now())
        } catch let failure as TransportFailure {
            throw RegistryError(.transport(failure), request: line, host: message.url.authority)
        }
    }

    /// A registry with its own authority or without verified TLS usually has its token server on the same host, but
    /// the client certificate is for the registry only.
    private func tls(for url: HTTPURL, _ endpoint: Endpoint) -> TLSIdentity {
        if url.origin == endpoint.base.origin { return endpoint.tls }
        guard url.host == endpoint.base.host else { return .system }
        var tls = endpoint.tls
        tls.clientCertificate = nil
        return tls
    }
}
