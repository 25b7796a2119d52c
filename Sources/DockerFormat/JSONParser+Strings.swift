// SPDX-License-Identifier: Apache-2.0

extension JSONParser {
    /// Reads a string from its opening quote on.
    mutating func string() throws(JSONError) -> String {
        position += 1
        var decoded: [UInt8] = []
        while true {
            let start = position
            while let byte = peek(), byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                position += 1
            }
            decoded.append(contentsOf: bytes[start..<position])
            if take("\"") { return GoText.decode(decoded) }
            guard take("\\") else { throw invalid("in string literal") }
            decoded.append(contentsOf: try escape())
        }
    }

    /// The UTF-8 of the escape after a backslash.
    private mutating func escape() throws(JSONError) -> [UInt8] {
        guard let byte = peek() else { throw .unexpectedEnd }
        let plain: UInt8
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): plain = byte
        case UInt8(ascii: "b"): plain = 0x08
        case UInt8(ascii: "f"): plain = 0x0C
        case UInt8(ascii: "n"): plain = 0x0A
        case UInt8(ascii: "r"): plain = 0x0D
        case UInt8(ascii: "t"): plain = 0x09
        case UInt8(ascii: "u"): return Array(String(try unicodeEscape()).utf8)
        default: throw invalid("in string escape code")
        }
        position += 1
        return [plain]
    }

    /// The scalar of a `u` escape with its four digits, and of the low surrogate's escape after a high one's; U+FFFD
    /// for half a pair.
    private mutating func unicodeEscape() throws(JSONError) -> UnicodeScalar {
        let unit = try hexUnit()
        if let scalar = UnicodeScalar(unit) { return scalar }
        let afterFirst = position
        guard unit < 0xDC00, take("\\"), peek() == UInt8(ascii: "u") else {
            position = afterFirst
            return "\u{FFFD}"
        }
        let low = try hexUnit()
        let isPair = 0xDC00...0xDFFF ~= low
        if isPair, let scalar = UnicodeScalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + UInt32(low) - 0xDC00) {
            return scalar
        }
        position = afterFirst
        return "\u{FFFD}"
    }

    private mutating func hexUnit() throws(JSONError) -> UInt16 {
        position += 1
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = peek(), byte < 0x80, let digit = Character(UnicodeScalar(byte)).hexDigitValue else {
                throw invalid("in \\u hexadecimal character escape")
            }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }
}
