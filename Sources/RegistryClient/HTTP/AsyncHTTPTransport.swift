// SPDX-License-Identifier: Apache-2.0

import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// The transport over async-http-client: one client per TLS identity, proxy and time to connect, each made at its first request.
final class AsyncHTTPTransport: HTTPTransport {
    private struct Key: Hashable {
        let tls: TLSIdentity
        let proxy: ProxyServer?
        let connectTimeout: Duration
    }

    private let proxies: ProxySettings
    private let timeouts: RegistryTimeouts
    private let connectionsPerHost: Int
    private let clients = Mutex<[Key: HTTPClient]>([:])

    init(proxies: ProxySettings, timeouts: RegistryTimeouts, connectionsPerHost: Int) {
        self.proxies = proxies
        self.timeouts = timeouts
        self.connectionsPerHost = connectionsPerHost
    }

    func send(_ request: TransportRequest) async throws -> TransportResponse {
        do {
            let response = try await client(for: request).execute(
                Self.convert(request), deadline: deadline(of: request))
            return TransportResponse(
                status: Int(response.status.code), headers: response.headers,
                body: FailureMappingBody(response.body, url: request.url))
        } catch {
            throw TransportErrorMapping.map(error, url: request.url)
        }
    }

    /// When the head of the answer has to be there: a server can keep a connection busy without ever sending one. A body
    /// of ours takes as long as it takes.
    private func deadline(of request: TransportRequest) -> NIODeadline {
        guard request.body == nil else { return .distantFuture }
        return .now() + TimeAmount(timeouts.connect) + TimeAmount(timeouts.idleRead)
    }

    func shutdown() async {
        let all = clients.withLock { clients in
            defer { clients = [:] }
            return Array(clients.values)
        }
        for client in all { try? await client.shutdown() }
    }

    private func client(for request: TransportRequest) throws -> HTTPClient {
        let isTLS = request.url.scheme == .https
        let key = Key(
            tls: isTLS ? request.tls : .system, proxy: proxies.server(for: request.url),
            connectTimeout: request.connectTimeout ?? timeouts.connect)
        return try clients.withLock { clients in
            if let client = clients[key] { return client }
            let client = HTTPClient(
                eventLoopGroupProvider: .singleton, configuration: try configuration(for: key, isTLS: isTLS))
            clients[key] = client
            return client
        }
    }

    private func configuration(for key: Key, isTLS: Bool) throws -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: isTLS ? try TLSSettings.configuration(for: key.tls) : nil,
            redirectConfiguration: .disallow,
            timeout: .init(connect: .init(key.connectTimeout), read: .init(timeouts.idleRead)),
            proxy: key.proxy.map(Self.convert),
            decompression: .disabled)
        // Several HTTP/1.1 connections: one HTTP/2 connection puts all layers behind one TCP window, and storage
        // hosts limit the throughput of a connection.
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connectionsPerHost
        configuration.connectionPool.idleTimeout = .seconds(30)
        // Without this a refused connection is tried again until the deadline, silently.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.http1_1ConnectionDebugInitializer = { channel in
            // Each chunk crosses threads once; NIO's default of at most 64 KiB per read makes that the bottleneck.
            channel.setOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(minimum: 16 << 10, initial: 64 << 10, maximum: 512 << 10))
        }
        return configuration
    }

    private static func convert(_ proxy: ProxyServer) -> HTTPClient.Configuration.Proxy {
        guard proxy.kind == .http else { return .socksServer(host: proxy.host, port: proxy.port) }
        guard case .password(let name, let password) = proxy.credential else {
            return .server(host: proxy.host, port: proxy.port)
        }
        return .server(
            host: proxy.host, port: proxy.port,
            authorization: .basic(username: name, password: password.reveal()))
    }

    private static func convert(_ request: TransportRequest) -> HTTPClientRequest {
        var converted = HTTPClientRequest(url: request.url.description)
        converted.method = request.method
        converted.headers = request.headers
        switch request.body {
        case .bytes(let buffer): converted.body = .bytes(buffer)
        case .stream(let stream, let length): converted.body = .stream(AnyBody(stream), length: .known(length))
        case nil: break
        }
        return converted
    }
}
