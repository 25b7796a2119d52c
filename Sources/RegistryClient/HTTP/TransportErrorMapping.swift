// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// The many errors of async-http-client, NIO and NIOSSL as the few that matter here.
enum TransportErrorMapping {
    /// - Returns: a `TransportFailure`, or the `CancellationError` itself.
    static func map(_ error: any Error, url: HTTPURL) -> any Error {
        switch error {
        case is CancellationError, is TransportFailure, is RegistryError: error
        case let error as HTTPClientError: map(error, url: url)
        case let error as NIOConnectionError: connection(error)
        case let error as IOError: system(error, address: address(url))
        case let error as NIOSSLError where "\(error)".contains("EOF during handshake"): TransportFailure.closed
        case let error as NIOSSLError: TransportFailure.tls(tls(error, url: url))
        case let error as NIOSSLExtraError: TransportFailure.tls(tls(error, url: url))
        case let error as BoringSSLError: TransportFailure.tls(.other("\(error)"))
        case HTTPParserError.invalidEOFState: TransportFailure.closed
        case let error as HTTPParserError: TransportFailure.malformed("\(error)")
        case ChannelError.connectTimeout: TransportFailure.connectTimeout(address: address(url))
        case is ChannelError: TransportFailure.closed
        default: TransportFailure.other("\(error)")
        }
    }

    private static func map(_ error: HTTPClientError, url: HTTPURL) -> any Error {
        switch error {
        case .cancelled: CancellationError()
        case .connectTimeout, .getConnectionFromPoolTimeout:
            TransportFailure.connectTimeout(address: address(url))
        case .readTimeout, .writeTimeout, .deadlineExceeded: TransportFailure.idleTimeout
        case .remoteConnectionClosed, .uncleanShutdown: TransportFailure.closed
        case .tlsHandshakeTimeout: TransportFailure.tlsTimeout
        case .invalidProxyResponse: TransportFailure.proxy("the proxy refused the connection")
        case .proxyAuthenticationRequired: TransportFailure.proxy("Proxy Authentication Required")
        case .httpProxyHandshakeTimeout, .socksHandshakeTimeout: TransportFailure.proxy("i/o timeout")
        default: TransportFailure.other(error.shortDescription)
        }
    }

    /// Every address failed: the text names one, IPv4 first because that is what docker shows for `localhost`.
    private static func connection(_ error: NIOConnectionError) -> TransportFailure {
        let failures = error.connectionErrors
        let first = failures.first { $0.target.protocol == .inet } ?? failures.first
        guard let first else { return .lookup(host: error.host) }
        let address = first.target.ipAddress.map { text($0, port: first.target.port ?? error.port) } ?? error.host
        if case ChannelError.connectTimeout = first.error { return .connectTimeout(address: address) }
        guard let system = first.error as? IOError else {
            return .connect(address: address, reason: "\(first.error)")
        }
        return self.system(system, address: address)
    }

    private static func system(_ error: IOError, address: String) -> TransportFailure {
        switch error.errnoCode {
        case ECONNRESET, EPIPE: .reset
        case ETIMEDOUT: .connectTimeout(address: address)
        case EBADF: .closed
        default: .connect(address: address, reason: SystemError.text(error.errnoCode))
        }
    }

    private static func tls(_ error: any Error, url: HTTPURL) -> TLSFailure {
        let text = "\(error)"
        if text.contains("WRONG_VERSION_NUMBER") || text.contains("HTTP_REQUEST") { return .plainHTTP }
        if text.contains("CERTIFICATE_VERIFY_FAILED") || text.contains("unableToValidateCertificate") {
            return .unknownAuthority
        }
        if text.contains("CERTIFICATE_REQUIRED") { return .certificateRequired }
        if let error = error as? NIOSSLExtraError, error == .failedToValidateHostname { return .wrongHost(url.host) }
        return .other(text)
    }

    private static func address(_ url: HTTPURL) -> String {
        text(url.host, port: url.origin.port)
    }

    private static func text(_ host: String, port: Int) -> String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
