// SPDX-License-Identifier: Apache-2.0
import Containers

/// Options about networks, ports and names.
struct NetworkFlags: Sendable {
    private let network: Flag<[String]>
    private let publish: Flag<[String]>
    private let publishAll: Flag<Bool>
    private let expose: Flag<[String]>
    private let dns: Flag<[String]>
    private let dnsSearch: Flag<[String]>
    private let dnsOptions: Flag<[String]>
    private let hosts: Flag<[String]>
    private let macAddress: Flag<String>
    private let ipAddress: Flag<String>
    private let aliases: Flag<[String]>

    init(_ flags: inout FlagSet) {
        network = flags.custom("network", type: "network", default: [], "Connect a container to a network") {
            text, value in value.append(text)
        }
        let net = flags.custom("net", type: "network", default: [String](), "Connect a container to a network") {
            text, value in value.append(text)
        }
        flags.deprecate(net, "use --network")
        publish = flags.list("publish", short: "p", "Publish a container's port(s) to the host")
        publishAll = flags.bool("publish-all", short: "P", "Publish all exposed ports to random ports")
        expose = flags.list("expose", "Expose a port or a range of ports")
        dns = flags.list("dns", "Set custom DNS servers")
        dnsSearch = flags.list("dns-search", "Set custom DNS search domains")
        dnsOptions = flags.list("dns-option", "Set DNS options")
        hosts = flags.list("add-host", "Add a custom host-to-IP mapping (host:ip)") { text in
            guard text.utf8.contains(UInt8(ascii: ":")) || text.utf8.contains(UInt8(ascii: "=")) else {
                throw FlagError("bad format for add-host: \"\(text)\"")
            }
            return NamedValue(text).map { "\($0.name):\($0.value)" } ?? text
        }
        macAddress = flags.string("mac-address", "Container MAC address (e.g., 92:d0:c6:0a:29:33)")
        ipAddress = flags.string("ip", "IPv4 address (e.g., 172.30.100.104)")
        aliases = flags.list("network-alias", "Add network-scoped alias for the container")
    }

    func apply(_ parsed: ParsedArguments, to spec: inout ContainerSpec) throws {
        guard parsed[network].count <= 1 else {
            throw StatusError("a container can be connected to one network only: give --network once")
        }
        if let name = parsed[network].first { spec.network = try NetworkMode(parsing: name) }
        spec.publishedPorts = try parsed[publish].flatMap { try PortBinding.parse($0) }
        spec.publishAll = parsed[publishAll]
        spec.exposedPorts = try parsed[expose].flatMap { try PortBinding.exposed($0) }
        spec.dnsServers = parsed[dns]
        spec.dnsSearch = parsed[dnsSearch]
        spec.dnsOptions = parsed[dnsOptions]
        spec.extraHosts = parsed[hosts]
        spec.macAddress = parsed.text(macAddress)
        spec.ipAddress = parsed.text(ipAddress)
        spec.networkAliases = parsed[aliases]
    }
}
