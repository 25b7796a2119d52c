// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// netavark: makes bridges, veth pairs, routes and firewall rules for one container (its JSON protocol, version 1.4).
struct Netavark {
    let program: String

    struct Request: Encodable {
        struct Endpoint: Encodable {
            var static_ips: [String]
            var interface_name = "eth0"
            var static_mac: String?
        }

        struct Subnet: Encodable {
            var subnet: String
            var gateway: String
        }

        struct Network: Encodable {
            /// Firewall chains are named after a hash of it, so it must differ between stores.
            var name: String
            var id: String
            var driver = "bridge"
            var network_interface: String
            var subnets: [Subnet]
            var ipv6_enabled = false
            var `internal` = false
            var dns_enabled = false
            var ipam_options = ["driver": "host-local"]
        }

        struct PortMapping: Encodable {
            var host_ip: String
            var host_port: UInt16
            var container_port: UInt16
            var range = 1
            var `protocol`: String
        }

        var container_id: String
        var container_name: String
        var networks: [String: Endpoint]
        var network_info: [String: Network]
        var port_mappings: [PortMapping]
    }

    private struct Response: Decodable {
        struct Interface: Decodable {
            var mac_address: String?
        }

        struct Status: Decodable {
            var interfaces: [String: Interface]?
        }
    }

    private struct Failure: Decodable {
        var error: String
    }

    /// Connects the namespace; returns the MAC address of the container's interface.
    func setUp(_ request: Request, namespace: String) throws(ContainerError) -> String {
        let output = try run("setup", request, namespace: namespace)
        let status = try? JSONDecoder().decode([String: Response.Status].self, from: Data(output))
        return status?.values.first?.interfaces?["eth0"]?.mac_address ?? ""
    }

    func tearDown(_ request: Request, namespace: String) throws(ContainerError) {
        _ = try run("teardown", request, namespace: namespace)
    }

    private func run(_ verb: String, _ request: Request, namespace: String) throws(ContainerError) -> [UInt8] {
        let output = try ChildProcess.capture(program, [verb, namespace], input: try JSONText.encode(request))
        guard output.exitCode == 0 else {
            let failure = try? JSONDecoder().decode(Failure.self, from: Data(output.standardOutput))
            throw .system(
                "failed to set up container networking: netavark \(verb): \(failure?.error ?? output.standardError)"
            )
        }
        return output.standardOutput
    }
}
