// SPDX-License-Identifier: Apache-2.0

/// Number syntax of Go literals (strconv.ParseUint, ParseInt and ParseFloat with base 0).
enum GoNumber {
    /// The value of a digit or ASCII letter as a digit of a base up to 36.
    static func digitValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// An unsigned integer without a sign, in any base Go writes; nil when malformed or too large.
    static func parseUnsigned(_ text: ArraySlice<UInt8>) -> UInt64? {
        guard let first = text.first else { return nil }
        var base: UInt64 = 10
        var digits = text
        if first == UInt8(ascii: "0") {
            let letter = text.dropFirst().first.map { $0 | 0x20 }
            let bases: [UInt8: UInt64] = [UInt8(ascii: "b"): 2, UInt8(ascii: "o"): 8, UInt8(ascii: "x"): 16]
            if text.count >= 3, let letter, let prefixed = bases[letter] {
                base = prefixed
                digits = text.dropFirst(2)
            } else {
                base = 8
                digits = text.dropFirst()
            }
        }
        var value: UInt64 = 0
        for byte in digits where byte != UInt8(ascii: "_") {
            guard let digit = digitValue(byte), UInt64(digit) < base else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: base)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
            guard !overflow, !carry else { return nil }
            value = sum
        }
        return hasValidUnderscores(text) ? value : nil
    }

    /// A signed integer with an optional sign; nil when malformed or out of range.
    static func parseSigned(_ text: [UInt8]) -> Int64? {
        let isNegative = text.first == UInt8(ascii: "-")
        let hasSign = isNegative || text.first == UInt8(ascii: "+")
        guard let magnitude = parseUnsigned(hasSign ? text.dropFirst() : text[...]) else { return nil }
        if isNegative {
            return magnitude <= UInt64(Int64.max) + 1 ? Int64(truncatingIfNeeded: 0 &- magnitude) : nil
        }
        return Int64(exactly: magnitude)
    }

    /// Underscores only between digits, or after a base prefix.
    static func hasValidUnderscores(_ text: ArraySlice<UInt8>) -> Bool {
        guard text.contains(UInt8(ascii: "_")) else { return true }
        var rest = text
        if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        var afterDigit = false
        var afterUnderscore = false
        var isHex = false
        if rest.first == UInt8(ascii: "0"), let letter = rest.dropFirst().first.map({ $0 | 0x20 }),
            [UInt8(ascii: "b"), UInt8(ascii: "o"), UInt8(ascii: "x")].contains(letter)
        {
            isHex = letter == UInt8(ascii: "x")
            afterDigit = true
            rest = rest.dropFirst(2)
        }
        for byte in rest {
            let digit = digitValue(byte) ?? 99
            if digit < 10 || isHex && digit < 16 {
                (afterDigit, afterUnderscore) = (true, false)
            } else if byte == UInt8(ascii: "_") {
                guard afterDigit else { return false }
                (afterDigit, afterUnderscore) = (false, true)
            } else {
                guard !afterUnderscore else { return false }
                (afterDigit, afterUnderscore) = (false, false)
            }
        }
        return !afterUnderscore
    }

    /// A decimal or hexadecimal floating-point number; nil when malformed or too large for a float64.
    static func parseFloat(_ text: [UInt8]) -> Double? {
        readFloat(text).flatMap { $0.isFinite ? $0 : nil }
    }

    /// A decimal or hexadecimal floating-point number, infinite when too large; nil when malformed.
    static func readFloat(_ text: [UInt8]) -> Double? {
        var index = 0
        var normal = ""
        if let sign = text.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            if sign == UInt8(ascii: "-") { normal = "-" }
            index = 1
        }
        let isHex =
            index + 2 < text.count && text[index] == UInt8(ascii: "0") && text[index + 1] | 0x20 == UInt8(ascii: "x")
        if isHex {
            normal += "0x"
            index += 2
        }
        guard let (mantissa, afterMantissa) = scanMantissa(text, from: index, isHex: isHex) else { return nil }
        guard let exponent = scanExponent(text, from: afterMantissa, isHex: isHex) else { return nil }
        guard hasValidUnderscores(text[...]) else { return nil }
        return Double(normal + mantissa + exponent)
    }

    /// Digits with at most one point, as `digits.digits` with a digit on both sides.
    private static func scanMantissa(_ text: [UInt8], from start: Int, isHex: Bool) -> (String, Int)? {
        var index = start
        var whole = ""
        var fraction = ""
        var sawPoint = false
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: ".") {
                if sawPoint { break }
                sawPoint = true
            } else if let digit = digitValue(byte), digit < (isHex ? 16 : 10) {
                let character = Character(Unicode.Scalar(byte))
                if sawPoint { fraction.append(character) } else { whole.append(character) }
            } else if byte != UInt8(ascii: "_") {
                break
            }
            index += 1
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        return ((whole.isEmpty ? "0" : whole) + "." + (fraction.isEmpty ? "0" : fraction), index)
    }

    /// The exponent up to the end of the text; it may be missing in a decimal number only.
    private static func scanExponent(_ text: [UInt8], from start: Int, isHex: Bool) -> String? {
        guard start < text.count else { return isHex ? nil : "" }
        let letter: UInt8 = isHex ? UInt8(ascii: "p") : UInt8(ascii: "e")
        guard text[start] | 0x20 == letter, start + 1 < text.count else { return nil }
        var index = start + 1
        var sign = ""
        if text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") {
            sign = text[index] == UInt8(ascii: "-") ? "-" : ""
            index += 1
        }
        guard index < text.count, text[index] != UInt8(ascii: "_") else { return nil }
        var value = 0
        while index < text.count {
            if text[index] != UInt8(ascii: "_") {
                guard let digit = digitValue(text[index]), digit < 10 else { return nil }
                if value < 10_000 { value = value * 10 + Int(digit) }
            }
            index += 1
        }
        return (isHex ? "p" : "e") + sign + String(value)
    }
}

extension GoNumber {
    /// Whether the text is a number in JSON's grammar.
    static func isJSONNumber(_ text: [UInt8]) -> Bool {
        var rest = text[...]
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        guard let first = rest.first, isDigit(first) else { return false }
        rest = first == UInt8(ascii: "0") ? rest.dropFirst() : rest.drop(while: isDigit)
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard let digit = rest.first, isDigit(digit) else { return false }
            rest = rest.drop(while: isDigit)
        }
        if let letter = rest.first, letter | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
            guard let digit = rest.first, isDigit(digit) else { return false }
            rest = rest.drop(while: isDigit)
        }
        return rest.isEmpty
    }
}
