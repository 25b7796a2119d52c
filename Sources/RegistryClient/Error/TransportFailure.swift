// SPDX-License-Identifier: Apache-2.0

/// A request that got no complete answer; the texts are those of Go's network packages, which docker prints.
public enum TransportFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// `address` is `ip:port`; `reason` the system's text, such as `connection refused`.
    case connect(address: String, reason: String)
    case connectTimeout(address: String)
    case lookup(host: String)
    case tls(TLSFailure)
    case tlsTimeout
    /// The peer closed the connection before it had answered.
    case closed
    /// The peer reset the connection.
    case reset
    /// Nothing came for the idle time.
    case idleTimeout
    case proxy(String)
    /// What came isn't HTTP.
    case malformed(String)
    case other(String)

    public var description: String {
        switch self {
        case .connect(let address, let reason): "dial tcp \(address): connect: \(reason)"
        case .connectTimeout(let address): "dial tcp \(address): i/o timeout"
        case .lookup(let host): "dial tcp: lookup \(host): no such host"
        case .tls(let failure): failure.description
        case .tlsTimeout: "net/http: TLS handshake timeout"
        case .closed: "EOF"
        case .reset: "read: connection reset by peer"
        case .idleTimeout: "net/http: timeout awaiting response: no data received"
        case .proxy(let text): "proxyconnect tcp: \(text)"
        case .malformed(let text): "malformed HTTP response: \(text)"
        case .other(let text): text
        }
    }

    /// Nothing was sent, so even a request that must not run twice may be sent again.
    var isBeforeRequest: Bool {
        switch self {
        case .connect, .connectTimeout, .lookup, .tls, .tlsTimeout, .proxy: true
        case .closed, .reset, .idleTimeout, .malformed, .other: false
        }
    }
}
