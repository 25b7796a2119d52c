// SPDX-License-Identifier: Apache-2.0

/// What docker keeps for a registry.
public enum Credential: Sendable, Hashable {
    case password(username: String, password: Secret)
    /// A refresh token of an OAuth2 token server; docker's `identitytoken`.
    case identityToken(username: String, Secret)
    /// A bearer token to send unchanged; docker's `registrytoken`.
    case registryToken(Secret)

    public var username: String {
        switch self {
        case .password(let username, _), .identityToken(let username, _): username
        case .registryToken: ""
        }
    }

    /// The value of an `Authorization` header, for a password.
    var basic: Secret? {
        guard case .password(let username, let password) = self else { return nil }
        return Secret("Basic " + Base64.encode("\(username):\(password.reveal())"))
    }
}
