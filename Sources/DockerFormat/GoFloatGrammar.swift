// SPDX-License-Identifier: Apache-2.0

/// The grammar of numbers that Go's `strconv.ParseFloat` accepts, apart from the words for infinity and NaN.
struct GoFloatGrammar {
    private var rest: ArraySlice<UInt8>

    static func accepts(_ text: [UInt8]) -> Bool {
        var grammar = GoFloatGrammar(rest: text[...])
        return grammar.matchesNumber() && underscoresSeparateDigits(text)
    }

    private mutating func matchesNumber() -> Bool {
        skip(anyOf: "+-")
        var isHexadecimal = false
        if rest.starts(with: "0x".utf8) || rest.starts(with: "0X".utf8) {
            rest.removeFirst(2)
            isHexadecimal = true
        }
        var digits = skipDigits(hexadecimal: isHexadecimal)
        if skip(anyOf: ".") { digits += skipDigits(hexadecimal: isHexadecimal) }
        guard digits > 0 else { return false }
        if skip(anyOf: isHexadecimal ? "pP" : "eE") {
            skip(anyOf: "+-")
            return skipDigits(hexadecimal: false) > 0 && rest.isEmpty
        }
        return !isHexadecimal && rest.isEmpty
    }

    @discardableResult
    private mutating func skip(anyOf set: String) -> Bool {
        guard let byte = rest.first, set.utf8.contains(byte) else { return false }
        rest.removeFirst()
        return true
    }

    /// Skips digits and underscores; returns the number of digits.
    private mutating func skipDigits(hexadecimal: Bool) -> Int {
        var count = 0
        while let byte = rest.first {
            if Self.isDigit(byte, hexadecimal: hexadecimal) {
                count += 1
            } else if byte != UInt8(ascii: "_") {
                break
            }
            rest.removeFirst()
        }
        return count
    }

    /// An underscore needs a digit before it (a base prefix counts as one) and a digit after it.
    private static func underscoresSeparateDigits(_ text: [UInt8]) -> Bool {
        let isHexadecimal = text.contains { $0 | 0x20 == UInt8(ascii: "x") }
        for (index, byte) in text.enumerated() where byte == UInt8(ascii: "_") {
            guard index > 0, index + 1 < text.count else { return false }
            let before = text[index - 1]
            let isPrefix = before | 0x20 == UInt8(ascii: "x")
            guard isPrefix || isDigit(before, hexadecimal: isHexadecimal) else { return false }
            guard isDigit(text[index + 1], hexadecimal: isHexadecimal) else { return false }
        }
        return true
    }

    private static func isDigit(_ byte: UInt8, hexadecimal: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): hexadecimal
        default: false
        }
    }
}
