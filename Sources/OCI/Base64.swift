// SPDX-License-Identifier: Apache-2.0

/// The alphabet of RFC 4648, section 4, with padding.
enum Base64 {
    static func isValid(_ text: String) -> Bool {
        let bytes = text.utf8.filter { $0 != 0x0A && $0 != 0x0D }
        guard bytes.count.isMultiple(of: 4) else { return false }
        let padding = bytes.reversed().prefix { $0 == UInt8(ascii: "=") }.count
        return padding <= 2 && bytes.dropLast(padding).allSatisfy { ASCII.isAlphanumeric($0) || "+/".utf8.contains($0) }
    }
}
