// SPDX-License-Identifier: Apache-2.0

/// The ports that a specification `[[ip:]host:]container[/protocol]` exposes (docker's go-connections, nat).
enum ExposedPorts {
    /// `80/tcp` for each port of the container; the host's part is only checked.
    static func parse(_ text: String) throws(PortError) -> [String] {
        var parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        let container = parts.removeLast()
        let hostPort = parts.popLast() ?? ""
        let address = parts.joined(separator: ":")

        let pieces = container.utf8.split(
            separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false
        ).map { String(Substring($0)) }
        let port = pieces[0]
        guard !port.isEmpty else { throw .noPort(text) }
        let name = pieces.count > 1 ? pieces[1].lowercased() : ""
        let proto = name.isEmpty ? "tcp" : name
        guard ["tcp", "udp", "sctp"].contains(proto) else { throw .invalidProtocol(proto) }
        try HostAddress.check(address)
        guard let range = range(port) else { throw .invalidContainerPort(port) }
        if !hostPort.isEmpty {
            guard let hostRange = self.range(hostPort) else { throw .invalidHostPort(hostPort) }
            guard range.count == 1 || range.count == hostRange.count else {
                throw .rangesDiffer(container: port, host: hostPort)
            }
        }
        return range.map { "\($0)/\(proto)" }
    }

    /// `80` or `80-90`
    private static func range(_ text: String) -> ClosedRange<Int>? {
        let bounds = text.utf8.split(separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false)
            .map { Int(Substring($0)) }
        guard let low = bounds.first ?? nil, let high = bounds.last ?? nil else { return nil }
        return (0...65_535).contains(low) && (low...65_535).contains(high) ? low...high : nil
    }
}
