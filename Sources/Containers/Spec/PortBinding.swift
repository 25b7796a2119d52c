// SPDX-License-Identifier: Apache-2.0

/// A container port made reachable on the host (`-p [ip:][host:]container[/proto]`).
public struct PortBinding: Sendable, Hashable, Codable {
    /// Empty: all addresses.
    public var hostIP: String
    /// 0: a free port is chosen at start.
    public var hostPort: UInt16
    /// The last port of a host range from which one is chosen; equal to `hostPort` when there is no range.
    public var hostPortEnd: UInt16
    public var containerPort: UInt16
    /// `tcp`, `udp` or `sctp`.
    public var transport: String

    public init(
        hostIP: String = "", hostPort: UInt16 = 0, hostPortEnd: UInt16? = nil, containerPort: UInt16,
        transport: String = "tcp"
    ) {
        self.hostIP = hostIP
        self.hostPort = hostPort
        self.hostPortEnd = hostPortEnd ?? hostPort
        self.containerPort = containerPort
        self.transport = transport
    }

    /// `80/tcp`, the key of docker's port maps.
    public var containerKey: String { "\(containerPort)/\(transport)" }

    /// Parses one `-p` argument, which may be a range; the texts are docker's.
    public static func parse(_ text: String) throws(ContainerError) -> [PortBinding] {
        var parts = PortParts(text)
        let (container, transport) = try parts.takeContainer()
        let containerRange = try PortRange(container, what: "containerPort")
        guard !parts.hostPort.isEmpty else {
            return containerRange.ports.map {
                PortBinding(hostIP: parts.hostIP, containerPort: $0, transport: transport)
            }
        }
        let hostRange = try PortRange(parts.hostPort, what: "hostPort")
        if hostRange.count == containerRange.count {
            return zip(hostRange.ports, containerRange.ports).map {
                PortBinding(hostIP: parts.hostIP, hostPort: $0, containerPort: $1, transport: transport)
            }
        }
        guard containerRange.count == 1 else {
            throw .syntax("invalid ranges specified for container and host Ports: \(container) and \(parts.hostPort)")
        }
        return [
            PortBinding(
                hostIP: parts.hostIP, hostPort: hostRange.first, hostPortEnd: hostRange.last,
                containerPort: containerRange.first, transport: transport
            )
        ]
    }

    /// Parses an `EXPOSE`/`--expose` entry, `80`, `80/udp` or `80-82/tcp`, into `port/proto` keys.
    public static func exposed(_ text: String) throws(ContainerError) -> [String] {
        guard !text.contains(":") else { throw .syntax("invalid port format for --expose: \(text)") }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        // Whatever protocol: docker's client asks for ports only.
        let transport = parts.count > 1 && !parts[1].isEmpty ? parts[1] : "tcp"
        do {
            return try PortRange(parts[0], what: "containerPort").ports.map { "\($0)/\(transport)" }
        } catch {
            throw .syntax("invalid range format for --expose: \(text), error: \(PortRange.reason(parts[0]))")
        }
    }
}
