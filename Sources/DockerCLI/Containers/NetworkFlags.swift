// SPDX-License-Identifier: Apache-2.0
import Containers

/// Options about networks, ports and names.
struct NetworkFlags: Sendable {
    /// `--network` and its old name; so with the other pairs.
    private let networks: [Flag<[String]>]
    private let publish: Flag<[String]>
    private let publishAll: Flag<Bool>
    private let expose: Flag<[String]>
    private let dns: Flag<[String]>
    private let dnsSearch: Flag<[String]>
    private let dnsOptions: [Flag<[String]>]
    private let hosts: Flag<[String]>
    private let macAddress: Flag<String>
    private let ipAddress: Flag<String>
    private let aliases: [Flag<[String]>]

    init(_ flags: inout FlagSet) {
        networks = ["network", "net"].map { name in
            flags.custom(name, type: "network", default: [], "Connect a container to a network") { $1.append($0) }
        }
        flags.hide(networks[1])
        publish = flags.list("publish", short: "p", "Publish a container's port(s) to the host")
        publishAll = flags.bool("publish-all", short: "P", "Publish all exposed ports to random ports")
        expose = flags.list("expose", "Expose a port or a range of ports")
        dns = flags.list("dns", "Set custom DNS servers") { text in
            guard IPAddress.isValid(text) else { throw FlagError("IP address is not correctly formatted: \(text)") }
            return text
        }
        dnsSearch = flags.list("dns-search", "Set custom DNS search domains", check: SearchDomain.checked)
        dnsOptions = ["dns-option", "dns-opt"].map { flags.list($0, "Set DNS options") }
        flags.hide(dnsOptions[1])
        hosts = flags.list("add-host", "Add a custom host-to-IP mapping (host:ip)", check: Self.checked(host:))
        macAddress = flags.string("mac-address", "Container MAC address (e.g., 92:d0:c6:0a:29:33)")
        ipAddress = flags.string("ip", "IPv4 address (e.g., 172.30.100.104)")
        aliases = ["network-alias", "net-alias"].map {
            flags.list($0, "Add network-scoped alias for the container")
        }
        flags.hide(aliases[1])
    }

    func apply(_ parsed: ParsedArguments, to spec: inout ContainerSpec) throws {
        let names = networks.flatMap { parsed[$0] }
        guard names.count <= 1 else {
            throw StatusError("a container can be connected to one network only: give --network once")
        }
        if let name = names.first { spec.network = try NetworkMode(parsing: name) }
        spec.publishedPorts = try parsed[publish].flatMap { try PortBinding.parse($0) }
        spec.publishAll = parsed[publishAll]
        spec.exposedPorts = try parsed[expose].flatMap { try PortBinding.exposed($0) }
        spec.dnsServers = parsed[dns]
        spec.dnsSearch = parsed[dnsSearch]
        spec.dnsOptions = dnsOptions.flatMap { parsed[$0] }
        spec.extraHosts = parsed[hosts]
        spec.macAddress = parsed.text(macAddress)
        if let address = spec.macAddress, !Self.isHardwareAddress(address) {
            throw StatusError("\(address) is not a valid mac address")
        }
        spec.ipAddress = parsed.text(ipAddress)
        guard aliases.allSatisfy({ parsed[$0].isEmpty }) else {
            throw StatusError("network-scoped aliases are only supported for user-defined networks")
        }
    }

    /// `host=ip` or `host:ip`, the address possibly in brackets; gives the form with a colon and without brackets.
    private static func checked(host text: String) throws -> String {
        let separator: Character = text.contains("=") ? "=" : ":"
        let parts = text.split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[0].contains(":") else {
            throw FlagError("bad format for add-host: \"\(text)\"")
        }
        var address = parts[1]
        if address.count > 2, address.first == "[", address.last == "]" { address = address.dropFirst().dropLast() }
        guard address == "host-gateway" || IPAddress.isValid(String(address)) else {
            throw FlagError("invalid IP address in add-host: \"\(address)\"")
        }
        return "\(parts[0]):\(address)"
    }

    /// Six, eight or twenty bytes in hex, with colons or hyphens between.
    private static func isHardwareAddress(_ text: String) -> Bool {
        let separator: Character = text.contains(":") ? ":" : "-"
        let bytes = text.split(separator: separator, omittingEmptySubsequences: false)
        return [6, 8, 20].contains(bytes.count)
            && bytes.allSatisfy { $0.utf8.count == 2 && $0.allSatisfy(\.isHexDigit) }
    }
}
