// SPDX-License-Identifier: Apache-2.0

import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

/// An HTTP server on a free port of 127.0.0.1 that answers as a test says, faults included, and remembers what it was
/// asked.
public final class FaultServer: Sendable {
    public typealias Handler = @Sendable (ServerRequest) -> ServerAnswer

    private let channel: any Channel
    private let log: RequestLog
    public let isTLS: Bool

    private init(channel: any Channel, log: RequestLog, isTLS: Bool) {
        self.channel = channel
        self.log = log
        self.isTLS = isTLS
    }

    /// - Parameters:
    ///   - certificate: serves TLS with it, and asks clients for a certificate without demanding one.
    ///   - socket: the path of a socket to listen on, in place of a port.
    ///   - handler: called on the server's thread; must not block.
    public static func start(
        certificate: TestCertificate? = nil, socket: String? = nil, handler: @escaping Handler
    ) async throws -> FaultServer {
        let log = RequestLog()
        let tls = try certificate.map(context)
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
                    try channel.pipeline.syncOperations.addHandlers(
                        ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)),
                        FaultServerHandler(log: log, handler: handler))
                }
            }
        let channel =
            if let socket {
                try await bootstrap.bind(unixDomainSocketPath: socket).get()
            } else {
                try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
            }
        return FaultServer(channel: channel, log: log, isTLS: certificate != nil)
    }

    private static func context(_ certificate: TestCertificate) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.certificate.utf8))
                .map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(certificate.key.utf8), format: .pem)))
        configuration.certificateVerification = .optionalVerification
        configuration.trustRoots = .certificates(
            try NIOSSLCertificate.fromPEMBytes(Array(TestCertificate.authority.utf8)))
        return try NIOSSLContext(configuration: configuration)
    }

    public var port: Int { channel.localAddress?.port ?? 0 }
    /// `127.0.0.1:port`
    public var host: String { "127.0.0.1:\(port)" }
    public var url: String { "\(isTLS ? "https" : "http")://\(host)" }

    /// Everything received so far, in order of arrival.
    public var requests: [ServerRequest] { log.requests.withLock { $0 } }

    /// Bytes of bodies that were written to connections for a path, ends of connections included.
    public func bytesSent(to path: String) -> Int {
        log.bytesSent.withLock { $0[path] ?? 0 }
    }

    /// Those of one path.
    public func requests(to path: String) -> [ServerRequest] {
        requests.filter { $0.path == path }
    }

    public func stop() async {
        try? await channel.close()
    }
}

final class RequestLog: Sendable {
    let requests = Mutex<[ServerRequest]>([])
    let bytesSent = Mutex<[String: Int]>([:])

    func count(_ bytes: Int, to path: String) {
        bytesSent.withLock { $0[path, default: 0] += bytes }
    }
}
