// SPDX-License-Identifier: Apache-2.0

/// An absolute `http` or `https` URL that keeps path and query byte for byte.
///
/// Presigned storage URLs are signed over their exact spelling, so nothing here decodes or re-encodes. User info is
/// refused: it would smuggle credentials into logs, and no registry needs it.
public struct HTTPURL: Hashable, Sendable, CustomStringConvertible {
    public enum Scheme: String, Sendable, Hashable {
        case http, https

        var defaultPort: Int { self == .http ? 80 : 443 }
    }

    public let scheme: Scheme
    /// Lower case, IPv6 addresses without brackets.
    public let host: String
    /// The port if the URL names one.
    public let port: Int?
    /// Path and query as written; starts with `/`. The fragment is dropped, it never goes over the wire.
    public let target: String

    public init(scheme: Scheme, host: String, port: Int? = nil, target: String = "/") {
        self.scheme = scheme
        self.host = host.lowercased()
        self.port = port
        self.target = target
    }

    /// Nil unless `text` is an absolute http(s) URL with a host, without user info, control characters or spaces.
    public init?(parsing text: String) {
        guard Self.isClean(text), let colon = text.firstRange(of: "://") else { return nil }
        guard let scheme = Scheme(rawValue: text[..<colon.lowerBound].lowercased()) else { return nil }
        let rest = text[colon.upperBound...]
        let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        guard let authority = Authority(parsing: rest[..<end]) else { return nil }
        self.init(
            scheme: scheme, host: authority.host, port: authority.port, target: Self.requestTarget(rest[end...]))
    }

    /// Everything that may be in a URL is printable ASCII; anything else could split a request line.
    static func isClean(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") }
    }

    private static func requestTarget(_ text: Substring) -> String {
        let target = text.prefix { $0 != "#" }
        return target.hasPrefix("/") ? String(target) : "/" + target
    }

    /// Scheme, host and effective port: what decides whether credentials may go along.
    public var origin: HTTPOrigin {
        HTTPOrigin(scheme: scheme, host: host, port: port ?? scheme.defaultPort)
    }

    /// `host[:port]` as written, IPv6 in brackets.
    public var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port.map { "\(name):\($0)" } ?? name
    }

    public var path: Substring {
        target.prefix { $0 != "?" }
    }

    public var description: String {
        "\(scheme.rawValue)://\(authority)\(target)"
    }

    /// For texts and logs: the query of a presigned URL is a credential.
    public var redacted: String {
        let shown = "\(scheme.rawValue)://\(authority)\(path)"
        return path.endIndex == target.endIndex ? shown : shown + "?<redacted>"
    }

    /// The URL that a `Location` or `Link` header means, seen from this one (RFC 3986 §5.2, without dot segments: no
    /// registry sends them, and refusing them keeps prefixes honest). Nil if it isn't an http(s) URL.
    public func resolving(_ location: String) -> HTTPURL? {
        guard Self.isClean(location), !location.isEmpty else { return nil }
        if location.hasPrefix("//") { return HTTPURL(parsing: "\(scheme.rawValue):\(location)") }
        if location.hasPrefix("/") { return replacing(target: withoutFragment(location)) }
        if location.hasPrefix("?") { return replacing(target: path + withoutFragment(location)) }
        if let colon = location.firstIndex(of: ":"), !location[..<colon].contains(where: { "/?#".contains($0) }) {
            return HTTPURL(parsing: location)
        }
        guard let slash = path.lastIndex(of: "/"), !location.hasPrefix(".") else { return nil }
        return replacing(target: path[...slash] + withoutFragment(location))
    }

    private func withoutFragment(_ text: String) -> String {
        String(text.prefix { $0 != "#" })
    }

    func replacing(target: String) -> HTTPURL {
        HTTPURL(scheme: scheme, host: host, port: port, target: target)
    }

    /// Adds `name=value` to the query, the value percent-encoded.
    func appending(query name: String, _ value: String) -> HTTPURL {
        let separator = !target.contains("?") ? "?" : target.hasSuffix("?") || target.hasSuffix("&") ? "" : "&"
        return replacing(target: "\(target)\(separator)\(name)=\(PercentEncoding.query(value))")
    }
}
