// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1

/// Follows redirects, and leaves behind what is only the first origin's business.
///
/// To another scheme, host or port go no `Authorization`, no client certificate and none of the user's headers
/// (storage hosts refuse requests with two ways of authentication, and they have no right to see ours). Once dropped,
/// they don't come back even if the way leads back.
struct RedirectPolicy: Sendable {
    static let limit = 10
    /// What a request for content needs wherever it is answered.
    private static let carried: Set<String> = ["accept", "accept-encoding", "range", "user-agent"]

    let realms: RealmPolicy

    /// - Parameter endpoint: where the way began; decides what addresses it may lead to.
    /// - Returns: the first answer that is no redirect, and the request that got it.
    func send(
        _ request: TransportRequest, over transport: any HTTPTransport, from endpoint: Endpoint
    ) async throws -> (response: TransportResponse, request: TransportRequest) {
        var request = request
        for hop in 0...Self.limit {
            let response = try await send(request, over: transport, isFirst: hop == 0)
            guard let location = Self.location(response, of: request) else { return (response, request) }
            await response.drain()
            request = try await next(request, to: location, endpoint)
        }
        throw RegistryError(.redirectRefused(url: request.url.redacted, reason: .tooMany(limit: Self.limit)))
    }

    /// A failure behind a redirect names the host it led to: that one may be blocked where the registry isn't.
    private func send(
        _ request: TransportRequest, over transport: any HTTPTransport, isFirst: Bool
    ) async throws -> TransportResponse {
        do {
            return try await transport.send(request)
        } catch let failure as TransportFailure where !isFirst {
            throw RegistryError(
                .transport(failure), request: RequestLine(method: request.method.rawValue, url: request.url),
                host: request.url.authority)
        }
    }

    /// Only requests without a body are sent anywhere else.
    private static func location(_ response: TransportResponse, of request: TransportRequest) -> String? {
        guard request.method == .GET || request.method == .HEAD else { return nil }
        guard [301, 302, 303, 307, 308].contains(response.status) else { return nil }
        return response.headers.first(name: "Location")
    }

    /// What isn't a URL may have one's secrets all the same: a query that signs it, a password.
    private static func redacted(_ location: String) -> String {
        let end = location.firstIndex { $0 == "?" || $0 == "#" } ?? location.endIndex
        var shown = location[..<end]
        if let at = shown.lastIndex(of: "@") { shown = shown[at...] }
        let start = shown.startIndex == location.startIndex ? "" : "<redacted>"
        return start + ErrorResponse.printable(Array(shown.utf8.prefix(200)))
            + (end == location.endIndex ? "" : "?<redacted>")
    }

    func next(
        _ request: TransportRequest, to location: String, _ endpoint: Endpoint
    ) async throws -> TransportRequest {
        guard let url = request.url.resolving(location) else {
            throw RegistryError(.redirectRefused(url: Self.redacted(location), reason: .notAURL))
        }
        if request.url.scheme == .https, url.scheme == .http {
            throw RegistryError(.redirectRefused(url: url.redacted, reason: .downgrade))
        }
        do {
            try await realms.checkReach(url, from: endpoint.base)
        } catch {
            guard case .realmRefused(_, let reason) = error.kind else { throw error }
            throw RegistryError(.redirectRefused(url: url.redacted, reason: .address(reason)))
        }
        var next = request
        next.url = url
        guard url.origin != request.url.origin else { return next }
        next.headers = HTTPHeaders(request.headers.filter { Self.carried.contains($0.name.lowercased()) })
        next.tls = request.tls.forOtherHosts
        next.connectTimeout = nil
        return next
    }
}
