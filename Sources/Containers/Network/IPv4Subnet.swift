// SPDX-License-Identifier: Apache-2.0

/// An IPv4 network in CIDR form.
struct IPv4Subnet: Equatable, Codable {
    /// Host byte order.
    let address: UInt32
    let prefixLength: Int

    init(address: UInt32, prefixLength: Int) {
        self.prefixLength = prefixLength
        self.address = address & Self.mask(prefixLength)
    }

    static func mask(_ prefixLength: Int) -> UInt32 {
        prefixLength == 0 ? 0 : ~0 << UInt32(32 - prefixLength)
    }

    /// The address with the number `index` in the subnet; `nil` at its broadcast address and beyond.
    func host(_ index: UInt32) -> String? {
        guard index < ~Self.mask(prefixLength) else { return nil }
        return Self.text(address + index)
    }

    func overlaps(_ other: IPv4Subnet) -> Bool {
        let mask = Self.mask(min(prefixLength, other.prefixLength))
        return address & mask == other.address & mask
    }

    var description: String { "\(Self.text(address))/\(prefixLength)" }

    static func text(_ address: UInt32) -> String {
        "\(address >> 24).\(address >> 16 & 255).\(address >> 8 & 255).\(address & 255)"
    }
}
