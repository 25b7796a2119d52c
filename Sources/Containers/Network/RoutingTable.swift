// SPDX-License-Identifier: Apache-2.0

/// The IPv4 networks this host already knows the way to, from /proc/net/route.
enum RoutingTable {
    struct Route {
        let interface: String
        let subnet: IPv4Subnet
    }

    static func current() -> [Route] {
        parse((try? Files.readText("/proc/net/route")) ?? "")
    }

    /// Columns: interface, destination, gateway, flags, …, mask in the eighth; numbers in the byte order of the machine.
    static func parse(_ text: String) -> [Route] {
        text.split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(whereSeparator: \.isWhitespace)
            guard fields.count > 7, let destination = UInt32(fields[1], radix: 16),
                let mask = UInt32(fields[7], radix: 16)
            else { return nil }
            let prefix = UInt32(bigEndian: mask).nonzeroBitCount
            guard prefix > 0 else { return nil }
            return Route(
                interface: String(fields[0]),
                subnet: IPv4Subnet(address: UInt32(bigEndian: destination), prefixLength: prefix)
            )
        }
    }
}
