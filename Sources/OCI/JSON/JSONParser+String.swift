// SPDX-License-Identifier: Apache-2.0

extension JSONParser {
    /// Reads a string; invalid UTF-8 and lone surrogates become U+FFFD, as in Go.
    mutating func parseString() throws(JSONError) -> String {
        position += 1
        var text: [UInt8] = []
        while true {
            let start = position
            while position < bytes.count, bytes[position] >= 0x20, bytes[position] != UInt8(ascii: "\""),
                bytes[position] != UInt8(ascii: "\\")
            {
                position += 1
            }
            text.append(contentsOf: bytes[start..<position])
            switch try peek() {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                position += 1
                text.append(contentsOf: String(try parseEscape()).utf8)
            default: throw unexpected()
            }
        }
    }

    private mutating func parseEscape() throws(JSONError) -> Unicode.Scalar {
        let byte = try peek()
        let scalar: Unicode.Scalar
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): scalar = Unicode.Scalar(byte)
        case UInt8(ascii: "b"): scalar = "\u{8}"
        case UInt8(ascii: "f"): scalar = "\u{C}"
        case UInt8(ascii: "n"): scalar = "\n"
        case UInt8(ascii: "r"): scalar = "\r"
        case UInt8(ascii: "t"): scalar = "\t"
        case UInt8(ascii: "u"):
            position += 1
            return try parseUnicodeEscape()
        default: throw unexpected()
        }
        position += 1
        return scalar
    }

    /// The four digits after `\u`, and a second escape where the two make a surrogate pair.
    private mutating func parseUnicodeEscape() throws(JSONError) -> Unicode.Scalar {
        let high = try parseFourHexDigits()
        if let scalar = Unicode.Scalar(high) { return scalar }
        let resume = position
        if high < 0xDC00, bytes[position...].starts(with: "\\u".utf8) {
            position += 2
            let low = try parseFourHexDigits()
            if (0xDC00...0xDFFF).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
            {
                return scalar
            }
            position = resume
        }
        return "\u{FFFD}"
    }

    private mutating func parseFourHexDigits() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = try peek()
            guard ASCII.isHexDigit(byte) else { throw unexpected() }
            value = value << 4 | UInt32(ASCII.isDigit(byte) ? byte - 0x30 : (byte | 0x20) - 0x61 + 10)
            position += 1
        }
        return value
    }
}
