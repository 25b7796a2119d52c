// SPDX-License-Identifier: Apache-2.0

/// The raw fields of a `-p` argument, split from the right because an IPv6 address has colons of its own.
struct PortParts {
    var hostIP = ""
    var hostPort = ""
    private var container: String
    private let text: String

    init(_ text: String) {
        self.text = text
        let fields = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        container = fields[fields.count - 1]
        if fields.count >= 2 { hostPort = fields[fields.count - 2] }
        if fields.count >= 3 { hostIP = fields.dropLast(2).joined(separator: ":") }
        if hostIP.hasPrefix("["), hostIP.hasSuffix("]") { hostIP = String(hostIP.dropFirst().dropLast()) }
    }

    /// The container side without its protocol, and the protocol.
    mutating func takeContainer() throws(ContainerError) -> (ports: String, transport: String) {
        var transport = "tcp"
        if let slash = container.firstIndex(of: "/") {
            transport = String(container[container.index(after: slash)...]).lowercased()
            container = String(container[..<slash])
        }
        guard !container.isEmpty else { throw .syntax("no port specified: \(text)<empty>") }
        guard ["tcp", "udp", "sctp"].contains(transport) else { throw .syntax("invalid proto: \(transport)") }
        guard hostIP.isEmpty || IPAddress.isValid(hostIP) else { throw .syntax("invalid IP address: \(hostIP)") }
        return (container, transport)
    }
}
