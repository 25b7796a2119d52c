// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc

/// Connects containers to the store's bridge and takes them off again. Everything happens under one lock of the host:
/// addresses, subnets and firewall rules are shared.
struct NetworkManager {
    let store: ContainerStore
    /// Files that a reboot makes meaningless: namespaces, addresses.
    let runDirectory: String
    /// 12 hexadecimal digits of the store.
    let key: String
    let isDefaultStore: Bool

    private var lockPath: String { "/run/dockerlite/network.lock" }
    private var configuration: String { store.root + "/networks/bridge.json" }
    private var addresses: String { runDirectory + "/addresses" }

    func namespacePath(_ id: ContainerID) -> String { "\(runDirectory)/netns/\(id.hex)" }

    /// Makes the container's network namespace and connects it.
    ///
    /// - Parameter record: stores the attachment; called under the lock, because an address counts as taken only while
    ///   its container's record has it.
    func connect(
        _ container: Container, ports: [NetworkAttachment.BoundPort], record: (NetworkAttachment) throws -> Void
    ) throws {
        let netavark = Netavark(program: try Program.find("netavark", package: "netavark"))
        let namespace = namespacePath(container.id)
        try Files.makeDirectories(runDirectory + "/netns")
        try makeNamespace(namespace)
        try FileLock.holding(lockPath, .exclusive) {
            let bridge = try network()
            let address = try claimAddress(in: bridge.subnet, for: container)
            var attachment = NetworkAttachment(
                network: "bridge", ipAddress: address, prefixLength: bridge.subnet.prefixLength,
                gateway: bridge.gateway,
                macAddress: "", ports: ports
            )
            do {
                attachment.macAddress = try netavark.setUp(
                    request(container, bridge: bridge, attachment), namespace: namespace
                )
            } catch {
                unlink("\(addresses)/\(address)")
                throw error
            }
            try record(attachment)
        }
    }

    /// Connects the container without root, through pasta; its addresses are the host's.
    func connectUnprivileged(_ container: Container) throws -> NetworkAttachment {
        let pasta = Pasta(program: try Program.find("pasta", package: "passt"))
        let namespace = namespacePath(container.id)
        try Files.makeDirectories(runDirectory + "/netns")
        try makeNamespace(namespace)
        try pasta.connect(container, namespace: namespace, processID: namespace + ".pid")
        let ports = container.spec.publishedPorts.map {
            NetworkAttachment.BoundPort(
                hostIP: $0.hostIP.isEmpty ? "0.0.0.0" : $0.hostIP, hostPort: $0.hostPort,
                containerPort: $0.containerPort, transport: $0.transport
            )
        }
        return NetworkAttachment(
            network: "pasta", ipAddress: "", prefixLength: 0, gateway: "", macAddress: "", ports: ports
        )
    }

    /// Undoes `connect`, as far as it got; never fails, so that a container can always be cleaned up.
    func disconnect(_ container: Container) {
        let namespace = namespacePath(container.id)
        if let attachment = container.state.network, attachment.network == "bridge" {
            try? FileLock.holding(lockPath, .exclusive) {
                let netavark = Netavark(program: try Program.find("netavark", package: "netavark"))
                if Files.exists(namespace), let bridge = try? network() {
                    try? netavark.tearDown(request(container, bridge: bridge, attachment), namespace: namespace)
                }
                releaseAddress(attachment.ipAddress, of: container.id)
            }
        }
        // pasta ends when the file is gone.
        while clinux_unmount_lazily(namespace) == 0 {}
        unlink(namespace)
        unlink(namespace + ".pid")
    }

    private func makeNamespace(_ path: String) throws {
        while clinux_unmount_lazily(path) == 0 {}
        try Files.write("", to: path, mode: 0o600)
        guard clinux_create_network_namespace(path) == 0 else {
            throw IOError(errno: errno, operation: "create network namespace", path: path)
        }
    }

    /// The store's bridge; a subnet that meanwhile belongs to someone else is changed.
    private func network() throws -> BridgeNetwork {
        let routes = RoutingTable.current()
        if let known = configured, !known.collides(with: routes) { return known }
        let bridge = try BridgeNetwork(key: key, isDefaultStore: isDefaultStore, avoiding: routes)
        try Files.makeDirectories(store.root + "/networks")
        try Files.writeAtomically(try JSONText.encode(bridge), to: configuration)
        return bridge
    }

    /// The bridge as it was last set up.
    var configured: BridgeNetwork? {
        guard let bytes = try? Files.read(configuration) else { return nil }
        return try? JSONText.decode(BridgeNetwork.self, from: bytes, path: configuration)
    }

    private func claimAddress(in subnet: IPv4Subnet, for container: Container) throws -> String {
        try Files.makeDirectories(addresses)
        var index: UInt32 = 2
        while let address = subnet.host(index) {
            index += 1
            if let wanted = container.spec.ipAddress, wanted != address { continue }
            let path = "\(addresses)/\(address)"
            if symlink(container.id.hex, path) == 0 { return address }
            guard errno == EEXIST else { throw IOError(errno: errno, operation: "symlink", path: path) }
            if isStale(path, address: address, claimant: container.id) {
                unlink(path)
                if symlink(container.id.hex, path) == 0 { return address }
            }
        }
        throw ContainerError.system("no available IPv4 addresses on this network's address pools: bridge")
    }

    /// A claim counts only while its container has the address.
    private func isStale(_ path: String, address: String, claimant: ContainerID) -> Bool {
        guard let id = Files.containerLink(path) else { return true }
        guard id != claimant, let owner = try? store.load(id) else { return true }
        return owner.state.network?.ipAddress != address
    }

    private func releaseAddress(_ address: String, of id: ContainerID) {
        let path = "\(addresses)/\(address)"
        if Files.containerLink(path) == id { unlink(path) }
    }

    private func request(
        _ container: Container, bridge: BridgeNetwork, _ attachment: NetworkAttachment
    ) -> Netavark.Request {
        let name = "dockerlite-\(key)"
        return Netavark.Request(
            container_id: container.id.hex, container_name: container.name,
            networks: [
                name: Netavark.Request.Endpoint(
                    static_ips: [attachment.ipAddress], static_mac: container.spec.macAddress
                )
            ],
            network_info: [
                name: Netavark.Request.Network(
                    name: name, id: bridge.id, network_interface: bridge.interface,
                    subnets: [Netavark.Request.Subnet(subnet: bridge.subnet.description, gateway: bridge.gateway)]
                )
            ],
            port_mappings: attachment.ports.map {
                Netavark.Request.PortMapping(
                    host_ip: $0.hostIP == "0.0.0.0" ? "" : $0.hostIP, host_port: $0.hostPort,
                    container_port: $0.containerPort, protocol: $0.transport
                )
            }
        )
    }
}
