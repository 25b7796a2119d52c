// SPDX-License-Identifier: Apache-2.0

/// A CIDR block such as `10.0.0.0/8`.
struct NetworkBlock: Hashable, Sendable {
    private let prefix: [UInt8]
    private let length: Int

    /// The blocks docker always treats as insecure.
    static let loopback = [NetworkBlock("127.0.0.0/8"), NetworkBlock("::1/128")].compactMap { $0 }

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(String(parts[0])), let length = Int(parts[1]),
            (0...address.bytes.count * 8).contains(length), parts[1].utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 })
        else { return nil }
        self.prefix = address.bytes
        self.length = length
    }

    func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == prefix.count else { return false }
        return prefix.indices.allSatisfy { index in
            let bits = min(max(length - index * 8, 0), 8)
            let mask = UInt8(truncatingIfNeeded: 0xff00 >> bits)
            return prefix[index] & mask == address.bytes[index] & mask
        }
    }
}
