// SPDX-License-Identifier: Apache-2.0

/// Go's quoted strings and characters (package strconv).
enum GoQuote {
    // MARK: Quoting

    /// A double-quoted Go literal; `asciiOnly` also escapes what is printable beyond ASCII.
    static func quoted(_ bytes: [UInt8], asciiOnly: Bool = false) -> GoString {
        var result: [UInt8] = [UInt8(ascii: "\"")]
        var index = 0
        while index < bytes.count {
            let (rune, width, isValid) = UTF8Decoding.decode(bytes, at: index)
            if isValid {
                appendEscaped(rune, quote: "\"", asciiOnly: asciiOnly, to: &result)
            } else {
                appendHex(UInt32(bytes[index]), prefix: "\\x", digits: 2, to: &result)
            }
            index += width
        }
        result.append(UInt8(ascii: "\""))
        return GoString(bytes: result)
    }

    /// A single-quoted Go character literal.
    static func quoted(_ rune: Unicode.Scalar, asciiOnly: Bool) -> [UInt8] {
        var result: [UInt8] = [UInt8(ascii: "'")]
        appendEscaped(rune, quote: "'", asciiOnly: asciiOnly, to: &result)
        result.append(UInt8(ascii: "'"))
        return result
    }

    private static func appendEscaped(
        _ rune: Unicode.Scalar, quote: Unicode.Scalar, asciiOnly: Bool, to result: inout [UInt8]
    ) {
        if rune == quote || rune == "\\" {
            result += [UInt8(ascii: "\\"), UInt8(truncatingIfNeeded: rune.value)]
            return
        }
        if RuneClass.isPrintable(rune), rune.isASCII || !asciiOnly {
            result += rune.utf8
            return
        }
        let escapes: [(UInt32, StaticString)] = [
            (7, "\\a"), (8, "\\b"), (12, "\\f"), (10, "\\n"), (13, "\\r"), (9, "\\t"), (11, "\\v"),
        ]
        if let escape = escapes.first(where: { $0.0 == rune.value }) {
            result += escape.1.description.utf8
        } else if rune.value < 0x20 || rune.value == 0x7F {
            appendHex(rune.value, prefix: "\\x", digits: 2, to: &result)
        } else if rune.value < 0x1_0000 {
            appendHex(rune.value, prefix: "\\u", digits: 4, to: &result)
        } else {
            appendHex(rune.value, prefix: "\\U", digits: 8, to: &result)
        }
    }

    private static func appendHex(_ value: UInt32, prefix: StaticString, digits: Int, to result: inout [UInt8]) {
        result += prefix.description.utf8
        let text = String(value, radix: 16)
        result += repeatElement(UInt8(ascii: "0"), count: max(0, digits - text.utf8.count))
        result += text.utf8
    }

    /// Whether `bytes` can stand unchanged between backquotes: no control character but tab (strconv.CanBackquote).
    static func canBackquote(_ bytes: [UInt8]) -> Bool {
        var index = 0
        while index < bytes.count {
            let (rune, width, isValid) = UTF8Decoding.decode(bytes, at: index)
            guard isValid, rune != "\u{FEFF}", rune != "`", rune.value != 0x7F else { return false }
            guard rune.value >= 0x20 || rune == "\t" else { return false }
            index += width
        }
        return true
    }

    // MARK: Unquoting

    /// The value of a "string" or `raw string` literal, or nil when its syntax is invalid.
    static func unquote(_ literal: [UInt8]) -> GoString? {
        guard literal.count >= 2, let quote = literal.first, quote == literal[literal.count - 1] else { return nil }
        let body = Array(literal[1..<(literal.count - 1)])
        if quote == UInt8(ascii: "`") {
            guard !body.contains(quote) else { return nil }
            return GoString(bytes: body.filter { $0 != UInt8(ascii: "\r") })
        }
        guard quote == UInt8(ascii: "\""), !body.contains(UInt8(ascii: "\n")) else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(body.count)
        var index = 0
        while index < body.count {
            guard let character = unquoteCharacter(body, at: index, quote: quote) else { return nil }
            if character.isByte {
                result.append(UInt8(truncatingIfNeeded: character.value))
            } else {
                result += (Unicode.Scalar(character.value) ?? UTF8Decoding.replacement).utf8
            }
            index = character.next
        }
        return GoString(bytes: result)
    }

    /// A character of a literal; `isByte` when it stands for one byte rather than for a rune.
    struct UnquotedCharacter {
        var value: UInt32
        var isByte: Bool
        var next: Int
    }

    static func unquoteCharacter(_ bytes: [UInt8], at index: Int, quote: UInt8) -> UnquotedCharacter? {
        guard index < bytes.count, bytes[index] != quote else { return nil }
        guard bytes[index] == UInt8(ascii: "\\") else {
            let (rune, width, _) = UTF8Decoding.decode(bytes, at: index)
            return UnquotedCharacter(value: rune.value, isByte: rune.isASCII, next: index + width)
        }
        guard index + 1 < bytes.count else { return nil }
        let code = bytes[index + 1]
        let next = index + 2
        switch code {
        case UInt8(ascii: "x"): return hexEscape(bytes, at: next, digits: 2, isByte: true)
        case UInt8(ascii: "u"): return hexEscape(bytes, at: next, digits: 4, isByte: false)
        case UInt8(ascii: "U"): return hexEscape(bytes, at: next, digits: 8, isByte: false)
        case UInt8(ascii: "0")...UInt8(ascii: "7"): return octalEscape(bytes, at: index + 1)
        case UInt8(ascii: "\\"): return UnquotedCharacter(value: 0x5C, isByte: true, next: next)
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
            return code == quote ? UnquotedCharacter(value: UInt32(code), isByte: true, next: next) : nil
        default:
            let values: [(StaticString, UInt32)] = [
                ("a", 7), ("b", 8), ("f", 12), ("n", 10), ("r", 13), ("t", 9), ("v", 11),
            ]
            return values.first { $0.0.utf8Start.pointee == code }
                .map { UnquotedCharacter(value: $0.1, isByte: true, next: next) }
        }
    }

    private static func hexEscape(_ bytes: [UInt8], at index: Int, digits: Int, isByte: Bool) -> UnquotedCharacter? {
        guard index + digits <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[index..<(index + digits)] {
            guard let digit = GoNumber.digitValue(byte), digit < 16, value < 0x1000_0000 else { return nil }
            value = value << 4 | UInt32(digit)
        }
        guard isByte || Unicode.Scalar(value) != nil else { return nil }
        return UnquotedCharacter(value: value, isByte: isByte, next: index + digits)
    }

    private static func octalEscape(_ bytes: [UInt8], at index: Int) -> UnquotedCharacter? {
        guard index + 3 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[index..<(index + 3)] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte) else { return nil }
            value = value * 8 + UInt32(byte - UInt8(ascii: "0"))
        }
        return value <= 255 ? UnquotedCharacter(value: value, isByte: true, next: index + 3) : nil
    }
}

extension Unicode.Scalar {
    /// The rune's UTF-8.
    var utf8: [UInt8] {
        Array(String(Character(self)).utf8)
    }
}
