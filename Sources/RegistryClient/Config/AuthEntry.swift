// SPDX-License-Identifier: Apache-2.0

import DockerFormat

/// One registry's entry under `auths` of docker's `config.json`.
public struct AuthEntry: Sendable, Hashable {
    public var username = ""
    public var password = Secret("")
    public var identityToken = Secret("")
    public var registryToken = Secret("")

    public init() {}

    public init(_ credential: Credential) {
        switch credential {
        case .password(let username, let password):
            self.username = username
            self.password = password
        case .identityToken(let username, let token):
            self.username = username
            identityToken = token
        case .registryToken(let token):
            registryToken = token
        }
    }

    /// Nil for an entry that only says the registry's secret lives in a credential store.
    public var credential: Credential? {
        if !identityToken.isEmpty { return .identityToken(username: username, identityToken) }
        if !registryToken.isEmpty { return .registryToken(registryToken) }
        guard !username.isEmpty || !password.isEmpty else { return nil }
        return .password(username: username, password: password)
    }

    init(_ value: JSONValue) throws(ConfigError) {
        username = value.field("username")?.string ?? ""
        password = Secret(value.field("password")?.string ?? "")
        identityToken = Secret(value.field("identitytoken")?.string ?? "")
        registryToken = Secret(value.field("registrytoken")?.string ?? "")
        guard let auth = value.field("auth")?.string, !auth.isEmpty else { return }
        // A password may hold colons, a user name may not; docker drops trailing NULs.
        guard let decoded = Base64.decode(auth)?.utf8, let colon = decoded.firstIndex(of: UInt8(ascii: ":")) else {
            throw ConfigError("invalid auth configuration file")
        }
        username = String(Substring(decoded[..<colon]))
        var secret = decoded[decoded.index(after: colon)...]
        while secret.last == 0 { secret.removeLast() }
        password = Secret(String(Substring(secret)))
    }

    /// As docker writes it: one `auth`, tokens beside it.
    var json: JSONValue {
        var members: [JSONValue.Member] = []
        if !username.isEmpty || !password.isEmpty {
            members.append(.init("auth", .string(Base64.encode("\(username):\(password.reveal())"))))
        }
        if !identityToken.isEmpty { members.append(.init("identitytoken", .string(identityToken.reveal()))) }
        if !registryToken.isEmpty { members.append(.init("registrytoken", .string(registryToken.reveal()))) }
        return .object(members)
    }
}
