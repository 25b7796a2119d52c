// SPDX-License-Identifier: Apache-2.0

/// A proxy's address, with the credentials its URL may hold.
struct ProxyServer: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
        case http, socks5
    }

    let kind: Kind
    let host: String
    let port: Int
    let credential: Credential?

    /// Nil for an empty text. `proxy:3128` means `http://proxy:3128`, as in Go.
    init?(_ text: String) throws(ConfigError) {
        guard !text.isEmpty else { return nil }
        var rest = Substring(text)
        var scheme = "http"
        if let separator = text.firstRange(of: "://") {
            scheme = text[..<separator.lowerBound].lowercased()
            rest = text[separator.upperBound...]
        }
        rest = rest.prefix { $0 != "/" }
        let at = rest.lastIndex(of: "@")
        let hostText = at.map { rest[rest.index(after: $0)...] } ?? rest
        guard let authority = Authority(parsing: hostText) else { throw Self.invalid(hostText) }
        switch scheme {
        case "http": kind = .http
        case "socks5", "socks5h": kind = .socks5
        default: throw ConfigError("unsupported proxy scheme \"\(scheme)\": use http:// or socks5://")
        }
        host = authority.host
        port = authority.port ?? (kind == .http ? 80 : 1080)
        credential = try at.map { (at) throws(ConfigError) in try Self.credential(rest[..<at]) }
    }

    private static func credential(_ text: Substring) throws(ConfigError) -> Credential {
        let colon = text.firstIndex(of: ":") ?? text.endIndex
        guard let name = PercentEncoding.decode(text[..<colon]),
            let password = PercentEncoding.decode(text[colon...].dropFirst())
        else { throw ConfigError("the user name or password of a proxy is badly encoded") }
        return .password(username: name, password: Secret(password))
    }

    private static func invalid(_ host: Substring) -> ConfigError {
        ConfigError("invalid proxy address \"\(host)\": expected host[:port]")
    }
}
