// SPDX-License-Identifier: Apache-2.0

public import NIOCore
public import NIOHTTP1

/// A request, complete to the last header.
public struct TransportRequest: Sendable {
    public enum Body: Sendable {
        case bytes(ByteBuffer)
        /// A stream of known length.
        case stream(any AsyncSequence<ByteBuffer, any Error> & Sendable, length: Int64)
    }

    public var method: HTTPMethod
    public var url: HTTPURL
    public var headers: HTTPHeaders
    public var body: Body?
    public var tls: TLSIdentity
    /// Of this host; nil is the transport's own limit.
    public var connectTimeout: Duration?

    public init(
        method: HTTPMethod, url: HTTPURL, headers: HTTPHeaders = [:], body: Body? = nil, tls: TLSIdentity = .system,
        connectTimeout: Duration? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.tls = tls
        self.connectTimeout = connectTimeout
    }
}
