// SPDX-License-Identifier: Apache-2.0
import Containers
import DockerFormat
import GoTemplate

/// A network as `inspect` shows it: the members, their order and their nulls are those of docker 28's API 1.51.
struct NetworkObject {
    private let network: BuiltInNetwork
    private let containers: [Container]
    /// What the bridge has been given; nil while no container was ever on it.
    private let bridge: BridgeDescription?

    private let style: RowStyle

    init(_ network: BuiltInNetwork, _ engine: ContainerEngine, style: RowStyle) throws {
        self.style = style
        self.network = network
        containers = try engine.list().filter { $0.state.isActive && $0.spec.network.description == network.name }
        bridge = network.name == "bridge" ? engine.bridge : nil
    }

    var inspected: InspectedObject { InspectedObject(raw, as: .networkInspect, style: style) }

    private var raw: JSONValue {
        var object = ObjectBuilder()
        object.add("Name", .string(network.name))
        object.add("Id", .string(network.id))
        object.add("Created", .time(.zero))
        object.add("Scope", .string("local"))
        object.add("Driver", .string(network.driver))
        object.add("EnableIPv4", .bool(true))
        object.add("EnableIPv6", .bool(false))
        object.add("IPAM", addressing)
        object.add("Internal", .bool(false))
        object.add("Attachable", .bool(false))
        object.add("Ingress", .bool(false))
        object.add("ConfigFrom", ["Network": ""])
        object.add("ConfigOnly", .bool(false))
        object.add("Containers", .object(containers.map { JSONValue.Member($0.id.hex, endpoint($0)) }))
        object.add("Options", options)
        object.add("Labels", .object([]))
        return object.value
    }

    private var addressing: JSONValue {
        var object = ObjectBuilder()
        object.add("Driver", .string("default"))
        object.add("Options", .null)
        var configuration: JSONValue = .null
        if let bridge {
            configuration = .array([["Subnet": .string(bridge.subnet), "Gateway": .string(bridge.gateway)]])
        }
        object.add("Config", configuration)
        return object.value
    }

    private var options: JSONValue {
        guard network.name == "bridge" else { return .object([]) }
        var object = ObjectBuilder()
        object.add("com.docker.network.bridge.default_bridge", .string("true"))
        object.add("com.docker.network.bridge.enable_icc", .string("true"))
        object.add("com.docker.network.bridge.enable_ip_masquerade", .string("true"))
        object.add("com.docker.network.bridge.host_binding_ipv4", .string("0.0.0.0"))
        object.addText("com.docker.network.bridge.name", bridge?.interface ?? "")
        return object.value
    }

    private func endpoint(_ container: Container) -> JSONValue {
        let attachment = container.state.network
        let address = attachment.map { $0.ipAddress.isEmpty ? "" : "\($0.ipAddress)/\($0.prefixLength)" } ?? ""
        var object = ObjectBuilder()
        object.add("Name", .string(container.name))
        object.add("EndpointID", .string(""))
        object.add("MacAddress", .string(attachment?.macAddress ?? ""))
        object.add("IPv4Address", .string(address))
        object.add("IPv6Address", .string(""))
        return object.value
    }
}
