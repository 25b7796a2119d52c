// SPDX-License-Identifier: Apache-2.0

extension TOMLParser {
    /// One of the four kinds of strings; keys have the two of one line.
    mutating func string(isKey: Bool) throws(TOMLError) -> String {
        let quote = bytes[index]
        let isMultiline = bytes[index...].starts(with: [quote, quote, quote])
        guard isMultiline else {
            index += 1
            return try content(quote, isMultiline: false)
        }
        guard !isKey else { throw error("a key has one line") }
        index += 3
        // A line end right after the quotes isn't part of the string.
        if peek == UInt8(ascii: "\r") { index += 1 }
        if peek == UInt8(ascii: "\n") { index += 1 }
        return try content(quote, isMultiline: true)
    }

    private mutating func content(_ quote: UInt8, isMultiline: Bool) throws(TOMLError) -> String {
        var text: [UInt8] = []
        while let byte = peek {
            index += 1
            if byte == quote {
                guard isMultiline else { return String(decoding: text, as: UTF8.self) }
                if closes(quote, &text) { return String(decoding: text, as: UTF8.self) }
            } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                try escape(isMultiline: isMultiline, into: &text)
            } else if byte >= 0x20 && byte != 0x7F || byte == 0x09 || isMultiline && (byte == 0x0A || byte == 0x0D) {
                text.append(byte)
            } else {
                break
            }
        }
        throw error("a string has no end")
    }

    /// After a quote within a string of several lines: three in a row end it, and up to two may stand before those.
    private mutating func closes(_ quote: UInt8, _ text: inout [UInt8]) -> Bool {
        let count = 1 + bytes[index...].prefix(4).prefix { $0 == quote }.count
        index += count - 1
        text.append(contentsOf: repeatElement(quote, count: count < 3 ? count : count - 3))
        return count >= 3
    }

    private mutating func escape(isMultiline: Bool, into text: inout [UInt8]) throws(TOMLError) {
        guard let byte = peek else { throw error("a string has no end") }
        index += 1
        switch byte {
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): text.append(byte)
        case UInt8(ascii: "u"): try scalar(digits: 4, into: &text)
        case UInt8(ascii: "U"): try scalar(digits: 8, into: &text)
        case 0x20 where isMultiline, 0x09 where isMultiline, 0x0A where isMultiline, 0x0D where isMultiline:
            try skipLineEnd()
        default: throw error("unknown escape in a string")
        }
    }

    /// A backslash at the end of a line hides the line end and all white space after it.
    private mutating func skipLineEnd() throws(TOMLError) {
        index -= 1
        skipBlanks()
        guard peek == 0x0A || peek == 0x0D else { throw error("unknown escape in a string") }
        while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { index += 1 }
    }

    private mutating func scalar(digits: Int, into text: inout [UInt8]) throws(TOMLError) {
        let hex = bytes[index...].prefix(digits)
        guard hex.count == digits, hex.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
            let value = UInt32(String(decoding: hex, as: UTF8.self), radix: 16), let scalar = UnicodeScalar(value)
        else { throw error("a \\u escape names no character") }
        index += digits
        text.append(contentsOf: Array(String(Character(scalar)).utf8))
    }
}
