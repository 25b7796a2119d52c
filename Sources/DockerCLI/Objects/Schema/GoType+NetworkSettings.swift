// SPDX-License-Identifier: Apache-2.0
import GoTemplate

extension GoType {
    /// `nat.PortMap`
    static let portMap = named(
        "nat.PortMap",
        .map(
            key: port,
            value: .slice(
                structure(
                    "nat.PortBinding",
                    [.field("HostIP", .string, json: "HostIp"), .field("HostPort", .string)]))))

    /// api/types/container/network_settings.go
    static let networkSettings = structure(
        "container.NetworkSettings",
        [
            .embedded("NetworkSettingsBase", settingsBase), .embedded("DefaultNetworkSettings", defaultSettings),
            .field("Networks", .map(key: .string, value: .pointer(endpoint))),
        ])

    private static let settingsBase = structure(
        "container.NetworkSettingsBase",
        [
            .field("Bridge", .string), .field("SandboxID", .string), .field("SandboxKey", .string),
            .field("Ports", portMap), .field("HairpinMode", .bool), .field("LinkLocalIPv6Address", .string),
            .field("LinkLocalIPv6PrefixLen", .int), .field("SecondaryIPAddresses", .slice(address)),
            .field("SecondaryIPv6Addresses", .slice(address)),
        ])

    private static let address = structure(
        "network.Address", [.field("Addr", .string), .field("PrefixLen", .int)])

    private static let defaultSettings = structure(
        "container.DefaultNetworkSettings",
        [
            .field("EndpointID", .string), .field("Gateway", .string), .field("GlobalIPv6Address", .string),
            .field("GlobalIPv6PrefixLen", .int), .field("IPAddress", .string), .field("IPPrefixLen", .int),
            .field("IPv6Gateway", .string), .field("MacAddress", .string),
        ])

    private static let endpoint = structure(
        "network.EndpointSettings",
        [
            .field("IPAMConfig", .pointer(endpointAddresses)), .field("Links", strings), .field("Aliases", strings),
            .field("MacAddress", .string), .field("DriverOpts", stringMap), .field("GwPriority", .int),
            .field("NetworkID", .string), .field("EndpointID", .string), .field("Gateway", .string),
            .field("IPAddress", .string), .field("IPPrefixLen", .int), .field("IPv6Gateway", .string),
            .field("GlobalIPv6Address", .string), .field("GlobalIPv6PrefixLen", .int), .field("DNSNames", strings),
        ])

    private static let endpointAddresses = structure(
        "network.EndpointIPAMConfig",
        [
            .optional("IPv4Address", .string), .optional("IPv6Address", .string),
            .optional("LinkLocalIPs", strings),
        ])
}
