// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1

/// The request for a bearer token, in docker's form.
struct TokenRequest: Sendable, Hashable {
    let realm: HTTPURL
    let service: String
    /// Empty for a login check.
    let scopes: [AuthScope]
    let credential: Credential?
    /// Asks for a refresh token too, which `login` stores instead of the password.
    var isOffline = false

    var transportRequest: TransportRequest {
        if case .identityToken(_, let token) = credential { return refresh(token) }
        var url = realm
        if case .password(let username, _) = credential { url = url.appending(query: "account", username) }
        if isOffline {
            url = url.appending(query: "client_id", "docker").appending(query: "offline_token", "true")
        }
        for scope in scopes { url = url.appending(query: "scope", scope.description) }
        if !service.isEmpty { url = url.appending(query: "service", service) }
        var headers = HTTPHeaders()
        if let basic = credential?.basic { headers.add(name: "Authorization", value: basic.reveal()) }
        return TransportRequest(method: .GET, url: url, headers: headers)
    }

    /// OAuth2's refresh grant (distribution, "Docker Registry v2 authentication using OAuth2").
    private func refresh(_ token: Secret) -> TransportRequest {
        let form = PercentEncoding.form([
            ("client_id", "docker"), ("grant_type", "refresh_token"), ("refresh_token", token.reveal()),
            ("scope", scopes.map(\.description).joined(separator: " ")), ("service", service),
        ])
        return TransportRequest(
            method: .POST, url: realm, headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: .bytes(ByteBuffer(string: form)))
    }
}
