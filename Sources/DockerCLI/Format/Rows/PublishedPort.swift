// SPDX-License-Identifier: Apache-2.0

/// A port of a container, and where it is reachable from outside.
struct PublishedPort: Hashable, Sendable {
    /// The address on the host; empty when the port isn't published.
    var address = ""
    var containerPort: Int
    /// 0 when the port isn't published.
    var hostPort = 0
    /// `tcp`, `udp` or `sctp`.
    var transport: String

    /// The text in the PORTS column: runs of ports that have the same number inside and outside are one range, and stand
    /// before the other mappings.
    static func text(_ ports: [PublishedPort]) -> String {
        var ranges = PortRanges()
        var mappings: [String] = []
        for port in ports.sorted(by: precedes) {
            guard port.address.isEmpty || port.hostPort == port.containerPort else {
                mappings.append(port.mapping)
                continue
            }
            ranges.add(port)
        }
        ranges.endAll()
        return (ranges.texts + mappings).joined(separator: ", ")
    }

    private var mapping: String {
        "\(Self.joined(address, "\(hostPort)"))->\(containerPort)/\(transport)"
    }

    /// Go's net.JoinHostPort.
    fileprivate static func joined(_ address: String, _ port: String) -> String {
        address.utf8.contains(UInt8(ascii: ":")) ? "[\(address)]:\(port)" : "\(address):\(port)"
    }

    private static func precedes(_ left: PublishedPort, _ right: PublishedPort) -> Bool {
        (left.containerPort, left.address, left.hostPort, left.transport)
            < (right.containerPort, right.address, right.hostPort, right.transport)
    }

    /// Consecutive ports, collected for each address and transport.
    private struct PortRanges {
        private var open: [String: ClosedRange<Int>] = [:]
        /// The keys of `open` in the order in which they came.
        private var keys: [String] = []
        private(set) var texts: [String] = []

        mutating func add(_ port: PublishedPort) {
            let key = port.address.isEmpty ? port.transport : "\(port.address)/\(port.transport)"
            let number = port.containerPort
            guard let range = open[key] else {
                open[key] = number...number
                keys.append(key)
                return
            }
            if number == range.upperBound + 1 {
                open[key] = range.lowerBound...number
            } else {
                texts.append(Self.text(key, range))
                open[key] = number...number
            }
        }

        mutating func endAll() {
            texts += keys.compactMap { key in open[key].map { Self.text(key, $0) } }
            (open, keys) = ([:], [])
        }

        private static func text(_ key: String, _ range: ClosedRange<Int>) -> String {
            let parts = key.split(separator: "/", maxSplits: 1).map(String.init)
            let ports = range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
            guard parts.count == 2 else { return "\(ports)/\(key)" }
            return "\(joined(parts[0], ports))->\(ports)/\(parts[1])"
        }
    }
}
