// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

/// The API of a docker engine, on its socket or over a network without TLS: one request a connection, bodies streamed both ways.
public struct EngineSocket: Sendable {
    private static let defaultPath = "/var/run/docker.sock"

    let address: EngineAddress

    /// - Parameters:
    ///   - host: what `DOCKER_HOST` says; nil is docker's default socket.
    ///   - usesTLS: whether `DOCKER_TLS_VERIFY` is set; it doesn't concern sockets.
    /// - Throws: ``EngineError`` for what can't be reached from here.
    public init(host: String?, usesTLS: Bool = false) throws(EngineError) {
        guard let address = host.map(EngineAddress.init(parsing:)) ?? .socket(path: Self.defaultPath) else {
            throw EngineError(
                "DOCKER_HOST is \(host ?? ""): docker-daemon: reaches engines at unix://PATH and tcp://HOST:PORT only",
                phase: .stream)
        }
        if usesTLS, case .network = address {
            throw EngineError(
                "DOCKER_TLS_VERIFY is set: docker-daemon: has no TLS; forward the engine's socket, with "
                    + "ssh -L PATH:/var/run/docker.sock, and set DOCKER_HOST=unix://PATH", phase: .stream)
        }
        self.address = address
    }

    /// Sends a request.
    /// - Parameter body: writes the request's body, in pieces of any size; nil sends none.
    /// - Returns: the answer, whose body is yet to be read.
    /// - Throws: ``EngineError`` with the engine's own words for anything but success.
    func send(
        _ method: String, _ target: String, body: ((EngineConnection) throws -> Void)? = nil
    ) throws -> EngineConnection {
        let connection = try EngineConnection(address)
        var head = "\(method) \(target) HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n"
        head += body == nil ? "\r\n" : "Content-Type: application/x-tar\r\nTransfer-Encoding: chunked\r\n\r\n"
        try connection.writeRaw(Array(head.utf8))
        if let body {
            try body(connection)
            try connection.writeRaw(Array("0\r\n\r\n".utf8))
        }
        let status = try connection.readHead()
        guard (200..<300).contains(status) else {
            let text = try connection.message()
            // A proxy on the way needn't say anything.
            throw EngineError(text.isEmpty ? "\(address): answered with status \(status)" : text, phase: .stream)
        }
        return connection
    }
}
