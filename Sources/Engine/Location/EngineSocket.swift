// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

/// The API of a docker engine on its socket: one request a connection, bodies streamed both ways.
public struct EngineSocket: Sendable {
    private static let defaultPath = "/var/run/docker.sock"

    let path: String

    /// - Parameter host: what `DOCKER_HOST` says; nil is docker's default socket.
    /// - Throws: ``EngineError`` for anything but a socket of this machine.
    public init(host: String?) throws(EngineError) {
        guard let host else {
            path = Self.defaultPath
            return
        }
        guard host.hasPrefix("unix://") else {
            throw EngineError(
                "DOCKER_HOST is \(host): docker-daemon: reaches engines by a socket of this machine only (unix://PATH)",
                phase: .stream)
        }
        path = String(host.dropFirst("unix://".count))
    }

    /// Sends a request.
    /// - Parameter body: writes the request's body, in pieces of any size; nil sends none.
    /// - Returns: the answer, whose body is yet to be read.
    /// - Throws: ``EngineError`` with the engine's own words for anything but success.
    func send(
        _ method: String, _ target: String, body: ((EngineConnection) throws -> Void)? = nil
    ) throws -> EngineConnection {
        let connection = try EngineConnection(path)
        var head = "\(method) \(target) HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n"
        head += body == nil ? "\r\n" : "Content-Type: application/x-tar\r\nTransfer-Encoding: chunked\r\n\r\n"
        try connection.writeRaw(Array(head.utf8))
        if let body {
            try body(connection)
            try connection.writeRaw(Array("0\r\n\r\n".utf8))
        }
        let status = try connection.readHead()
        guard (200..<300).contains(status) else { throw EngineError(try connection.message(), phase: .stream) }
        return connection
    }
}
