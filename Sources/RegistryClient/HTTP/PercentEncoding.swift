// SPDX-License-Identifier: Apache-2.0

/// Percent-encoding as Go's `url.QueryEscape` does it, except that a space is `%20`, which every server reads.
enum PercentEncoding {
    static func query(_ text: String) -> String {
        var encoded: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                encoded.append(byte)
            default:
                let hex = String(byte, radix: 16, uppercase: true)
                encoded.append(UInt8(ascii: "%"))
                if hex.utf8.count < 2 { encoded.append(UInt8(ascii: "0")) }
                encoded.append(contentsOf: hex.utf8)
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    static func form(_ fields: [(name: String, value: String)]) -> String {
        fields.map { "\($0.name)=\(query($0.value))" }.joined(separator: "&")
    }
}

extension PercentEncoding {
    /// Nil for a `%` without two hex digits, and for what isn't UTF-8 then.
    static func decode(_ text: some StringProtocol) -> String? {
        var decoded: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                decoded.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) else {
                return nil
            }
            decoded.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: decoded, as: UTF8.self)
    }
}
