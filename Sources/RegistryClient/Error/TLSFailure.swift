// SPDX-License-Identifier: Apache-2.0

/// A TLS handshake that failed, in Go's words.
public enum TLSFailure: Sendable, Hashable, CustomStringConvertible {
    case unknownAuthority
    case wrongHost(String)
    /// The server speaks plain HTTP on that port.
    case plainHTTP
    case certificateRequired
    case other(String)

    public var description: String {
        switch self {
        case .unknownAuthority:
            "tls: failed to verify certificate: x509: certificate signed by unknown authority"
        case .wrongHost(let host):
            "tls: failed to verify certificate: x509: certificate is not valid for \(host)"
        case .plainHTTP: "http: server gave HTTP response to HTTPS client"
        case .certificateRequired: "remote error: tls: certificate required"
        case .other(let text): "tls: \(text)"
        }
    }
}
