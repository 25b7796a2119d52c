// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc

/// Host ports taken for a container: sockets that are bound here and then held by the container's monitor, so that the
/// kernel refuses a port that is in use and frees it when the container is gone.
struct HostPorts: ~Copyable {
    private(set) var sockets: [Int32] = []
    private(set) var bound: [NetworkAttachment.BoundPort] = []

    deinit {
        for socket in sockets { close(socket) }
    }

    /// Takes a port for each binding; a range gives its first free one.
    ///
    /// - Parameter endpoint: `name (id)`, for docker's text.
    init(_ bindings: [PortBinding], endpoint: String) throws(ContainerError) {
        for binding in bindings { try take(binding, endpoint: endpoint) }
    }

    private mutating func take(_ binding: PortBinding, endpoint: String) throws(ContainerError) {
        let address = binding.hostIP.isEmpty ? "0.0.0.0" : binding.hostIP
        var reason = EADDRINUSE
        for port in binding.hostPort...binding.hostPortEnd {
            guard let (socket, port) = Self.bind(address, port: port, transport: binding.transport) else {
                reason = errno
                continue
            }
            sockets.append(socket)
            bound.append(
                NetworkAttachment.BoundPort(
                    hostIP: address, hostPort: port, containerPort: binding.containerPort, transport: binding.transport
                )
            )
            return
        }
        let place = "\(address):\(binding.hostPort)"
        let text =
            reason == EADDRINUSE
            ? "Bind for \(place) failed: port is already allocated"
            : "failed to bind host port for \(place)/\(binding.transport): \(IOError(errno: reason, operation: "bind").reason)"
        throw .system(
            "failed to set up container networking: driver failed programming external connectivity on endpoint \(endpoint): \(text)"
        )
    }

    private static func bind(_ address: String, port: UInt16, transport: String) -> (Int32, UInt16)? {
        let isStream = transport != "udp"
        let type = isStream ? Int32(SOCK_STREAM.rawValue) : Int32(SOCK_DGRAM.rawValue)
        let descriptor = socket(AF_INET, type, transport == "sctp" ? Int32(IPPROTO_SCTP) : 0)
        guard descriptor >= 0 else { return nil }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        var one: Int32 = 1
        if isStream { setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size)) }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_port = port.bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound =
            inet_pton(AF_INET, address, &name.sin_addr) == 1
            && withUnsafeMutablePointer(to: &name) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    // Without listen(2), SO_REUSEADDR would let a second socket have the port too.
                    Glibc.bind(descriptor, address, size) == 0 && (!isStream || listen(descriptor, 1) == 0)
                        && getsockname(descriptor, address, &size) == 0
                }
            }
        guard isBound else {
            let error = errno
            close(descriptor)
            errno = error
            return nil
        }
        return (descriptor, UInt16(bigEndian: name.sin_port))
    }
}
