// SPDX-License-Identifier: Apache-2.0

/// `host[:port]` of a URL or of an image reference.
struct Authority: Hashable, Sendable {
    /// Lower case, IPv6 without brackets.
    let host: String
    let port: Int?

    /// Nil for user info, an empty host, a port outside 1…65535, and characters no host name has.
    init?(parsing text: some StringProtocol) {
        var name = Substring(text)
        var port: Int?
        if name.hasPrefix("[") {
            guard let close = name.firstIndex(of: "]") else { return nil }
            let rest = name[name.index(after: close)...]
            name = name[name.index(after: name.startIndex)..<close]
            guard name.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." }), name.contains(":") else { return nil }
            if !rest.isEmpty {
                guard rest.hasPrefix(":"), let number = Self.port(rest.dropFirst()) else { return nil }
                port = number
            }
        } else if let colon = name.firstIndex(of: ":") {
            guard let number = Self.port(name[name.index(after: colon)...]) else { return nil }
            port = number
            name = name[..<colon]
        }
        guard !name.isEmpty, name.utf8.allSatisfy(Self.isHostByte) else { return nil }
        self.host = name.lowercased()
        self.port = port
    }

    private static func port(_ text: Substring) -> Int? {
        guard let number = UInt16(text), number > 0, text.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            return nil
        }
        return Int(number)
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: ":"):
            true
        default: false
        }
    }
}
