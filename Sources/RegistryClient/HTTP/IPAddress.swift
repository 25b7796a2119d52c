// SPDX-License-Identifier: Apache-2.0

import Glibc

/// An IP address as bytes. IPv4-mapped IPv6 addresses are read as the IPv4 address they reach.
struct IPAddress: Hashable, Sendable {
    /// 4 or 16 bytes, network order.
    let bytes: [UInt8]

    init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        let mapped = bytes.count == 16 && bytes[0..<10].allSatisfy { $0 == 0 } && bytes[10...11] == [0xff, 0xff]
        self.bytes = mapped ? Array(bytes[12...]) : bytes
    }

    /// Reads what the C resolver would take for an address, so also `127.1`, `0x7f000001` and `2130706433`: a check
    /// that knows dotted quads only can be walked around.
    init?(_ text: String) {
        var v4 = in_addr()
        if !text.contains(":"), inet_aton(text, &v4) == 1 {
            self.init(bytes: withUnsafeBytes(of: v4) { Array($0) })
            return
        }
        var v6 = in6_addr()
        guard inet_pton(AF_INET6, text, &v6) == 1 else { return nil }
        self.init(bytes: withUnsafeBytes(of: v6) { Array($0) })
    }

    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes == [UInt8](repeating: 0, count: 15) + [1]
    }

    /// RFC 1918, RFC 6598, unique local IPv6.
    var isPrivate: Bool {
        guard bytes.count == 4 else { return bytes[0] & 0xfe == 0xfc }
        return bytes[0] == 10 || (bytes[0] == 172 && bytes[1] & 0xf0 == 16) || (bytes[0] == 192 && bytes[1] == 168)
            || (bytes[0] == 100 && bytes[1] & 0xc0 == 64)
    }

    /// Where clouds keep their metadata services, with multicast and "this network": never a registry.
    var isLinkLocalOrReserved: Bool {
        guard bytes.count == 4 else {
            return (bytes[0] == 0xfe && bytes[1] & 0xc0 == 0x80) || bytes[0] == 0xff || bytes.allSatisfy { $0 == 0 }
        }
        return (bytes[0] == 169 && bytes[1] == 254) || bytes[0] == 0 || bytes[0] >= 224
    }
}
