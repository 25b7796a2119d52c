// SPDX-License-Identifier: Apache-2.0
import GoTemplate

extension GoType {
    /// What `network inspect` shows (api/types/network/network.go).
    static let networkInspect = structure(
        "network.Inspect",
        [
            .field("Name", .string), .field("ID", .string, json: "Id"), .field("Created", time),
            .field("Scope", .string), .field("Driver", .string), .field("EnableIPv4", .bool),
            .field("EnableIPv6", .bool), .field("IPAM", addressing), .field("Internal", .bool),
            .field("Attachable", .bool), .field("Ingress", .bool),
            .field("ConfigFrom", structure("network.ConfigReference", [.field("Network", .string)])),
            .field("ConfigOnly", .bool), .field("Containers", .map(key: .string, value: endpointResource)),
            .field("Options", stringMap), .field("Labels", stringMap),
            // Of networks of a swarm.
            .optional(
                "Peers", .slice(structure("network.PeerInfo", [.field("Name", .string), .field("IP", .string)]))),
            .optional("Services", .map(key: .string, value: structure("network.ServiceInfo", []))),
        ])

    private static let addressing = structure(
        "network.IPAM",
        [
            .field("Driver", .string), .field("Options", stringMap),
            .field(
                "Config",
                .slice(
                    structure(
                        "network.IPAMConfig",
                        [
                            .optional("Subnet", .string), .optional("IPRange", .string), .optional("Gateway", .string),
                            .optional("AuxAddress", stringMap, json: "AuxiliaryAddresses"),
                        ]))),
        ])

    private static let endpointResource = structure(
        "network.EndpointResource",
        [
            .field("Name", .string), .field("EndpointID", .string), .field("MacAddress", .string),
            .field("IPv4Address", .string), .field("IPv6Address", .string),
        ])

    /// What `volume inspect` shows (api/types/volume/volume.go).
    static let volumeInspect = structure(
        "volume.Volume",
        [
            // Of volumes of a swarm.
            .optional("ClusterVolume", .pointer(structure("volume.ClusterVolume", []))),
            .optional("CreatedAt", .string), .field("Driver", .string), .field("Labels", stringMap),
            .field("Mountpoint", .string), .field("Name", .string), .field("Options", stringMap),
            .field("Scope", .string), .optional("Status", .map(key: .string, value: .interface)),
            .optional(
                "UsageData",
                .pointer(structure("volume.UsageData", [.field("RefCount", .int64), .field("Size", .int64)]))),
        ])
}
