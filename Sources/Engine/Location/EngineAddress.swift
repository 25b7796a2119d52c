// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

/// Where a docker engine listens, as `DOCKER_HOST` says it.
enum EngineAddress: Hashable, Sendable, CustomStringConvertible {
    /// The port of engines without TLS.
    private static let defaultPort = "2375"

    case socket(path: String)
    case network(host: String, port: String)

    /// Nil for an address of another kind.
    init?(parsing text: String) {
        if text.hasPrefix("unix://") {
            self = .socket(path: String(text.dropFirst("unix://".count)))
            return
        }
        guard text.hasPrefix("tcp://") else { return nil }
        var rest = text.dropFirst("tcp://".count)
        while rest.hasSuffix("/") { rest.removeLast() }
        var host = rest
        var port = Self.defaultPort
        if let colon = rest.lastIndex(of: ":"), !rest.hasSuffix("]") {
            host = rest[..<colon]
            port = String(rest[rest.index(after: colon)...])
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard !host.isEmpty, !host.contains("/"), UInt16(port) != nil else { return nil }
        self = .network(host: String(host), port: port)
    }

    var description: String {
        switch self {
        case .socket(let path): "unix://\(path)"
        case .network(let host, let port): "tcp://\(host.contains(":") ? "[\(host)]" : host):\(port)"
        }
    }

    /// - Throws: ``EngineError`` in docker's words, `IOError`, `CancellationError`.
    func connect() throws -> OwnedFD {
        do {
            switch self {
            case .socket(let path): return try Self.connect(path)
            case .network(let host, let port): return try Self.connect(host, port)
            }
        } catch let error as IOError {
            throw EngineError(
                "Cannot connect to the Docker daemon at \(self): \(error.reason). Is the docker daemon running?",
                phase: .stream)
        }
    }

    private static func connect(_ path: String) throws -> OwnedFD {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw IOError(errno: ENAMETOOLONG, operation: "connect", path: path)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        return try withUnsafePointer(to: &address) {
            try $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                try connect(AF_UNIX, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    /// The first address of the name that answers.
    private static func connect(_ host: String, _ port: String) throws -> OwnedFD {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, port, &hints, &list) == 0 else {
            throw EngineError("dial tcp: lookup \(host): no such host", phase: .stream)
        }
        defer { freeaddrinfo(list) }
        var failure = IOError(errno: EADDRNOTAVAIL, operation: "connect", path: host)
        var next = list
        while let entry = next {
            do {
                return try connect(entry.pointee.ai_family, entry.pointee.ai_addr, entry.pointee.ai_addrlen)
            } catch let error as IOError {
                failure = error
            }
            next = entry.pointee.ai_next
        }
        throw failure
    }

    /// Connects over a network without waiting in the call, so that a signal ends the wait for a host that doesn't answer.
    private static func connect(
        _ family: Int32, _ address: UnsafePointer<sockaddr>?, _ length: socklen_t
    ) throws -> OwnedFD {
        let mode = family == AF_UNIX ? 0 : Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = Glibc.socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | mode, 0)
        guard descriptor >= 0 else { throw IOError(errno: errno, operation: "socket") }
        let socket = OwnedFD(adopting: descriptor)
        if Glibc.connect(descriptor, address, length) != 0 {
            guard errno == EINPROGRESS else { throw IOError(errno: errno, operation: "connect") }
            var polled = [pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)]
            try CancellableRead.wait(for: &polled)
            var error: Int32 = 0
            var size = socklen_t(MemoryLayout<Int32>.size)
            guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &size) == 0, error == 0 else {
                throw IOError(errno: error, operation: "connect")
            }
        }
        return socket
    }
}
