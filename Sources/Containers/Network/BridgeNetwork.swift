// SPDX-License-Identifier: Apache-2.0

/// The default network of one store: a bridge of its own with a subnet that nothing else here uses.
struct BridgeNetwork: Codable, Equatable {
    /// 64 hexadecimal digits; firewall chains are named after it.
    let id: String
    let interface: String
    var subnet: IPv4Subnet

    var gateway: String { subnet.host(1) ?? "" }

    /// - Parameter key: 12 hexadecimal digits that tell this store from others.
    init(key: String, isDefaultStore: Bool, avoiding routes: [RoutingTable.Route]) throws(ContainerError) {
        id = String(repeating: key, count: 6).prefix(64).description
        interface = isDefaultStore ? "dockerlite0" : "dlt-\(key.prefix(10))"
        subnet = try Self.freeSubnet(avoiding: routes, interface: interface)
    }

    /// Whether the subnet still is free for us: another network may have come up since it was chosen.
    func collides(with routes: [RoutingTable.Route]) -> Bool {
        routes.contains { $0.interface != interface && $0.subnet.overlaps(subnet) }
    }

    private static func freeSubnet(
        avoiding routes: [RoutingTable.Route], interface: String
    ) throws(ContainerError) -> IPv4Subnet {
        // 172.18–172.31 as docker's engine, from the end, where it looks last; then /20s of 192.168.
        let large = (18...31).reversed().map { IPv4Subnet(address: 172 << 24 | UInt32($0) << 16, prefixLength: 16) }
        let small = (0...15).map { IPv4Subnet(address: 0xC0A8_0000 | UInt32($0) << 12, prefixLength: 20) }
        let others = routes.filter { $0.interface != interface }
        guard let subnet = (large + small).first(where: { subnet in !others.contains { $0.subnet.overlaps(subnet) } })
        else {
            throw .system(
                "could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network"
            )
        }
        return subnet
    }
}
