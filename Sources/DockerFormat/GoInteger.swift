// SPDX-License-Identifier: Apache-2.0

/// Integers as Go's `strconv` reads them.
public enum GoInteger {
    /// `strconv.ParseInt(text, 10, 64)`: an optional sign and decimal digits, nothing else.
    public static func parse(_ text: String) throws(NumberError) -> Int64 {
        try check(text, function: "ParseInt", digits: text.utf8.dropFirst(hasSign(text) ? 1 : 0))
        guard let value = Int64(text) else {
            throw NumberError(function: "ParseInt", text: text, reason: .range)
        }
        return value
    }

    /// `strconv.ParseUint(text, 10, 64)`: decimal digits without a sign.
    public static func parseUnsigned(_ text: String) throws(NumberError) -> UInt64 {
        try check(text, function: "ParseUint", digits: text.utf8[...])
        guard let value = UInt64(text) else {
            throw NumberError(function: "ParseUint", text: text, reason: .range)
        }
        return value
    }

    /// `strconv.ParseInt(text, 0, 64)`, which Go's flag packages use: also `0x1f`, `0o17`, `017`, `0b1` and underscores
    /// between digits.
    public static func parseLiteral(_ text: String) throws(NumberError) -> Int64 {
        let negative = text.utf8.first == UInt8(ascii: "-")
        let magnitude = try magnitude(of: text, sign: hasSign(text), function: "ParseInt")
        if negative, magnitude == UInt64(Int64.max) + 1 { return .min }
        guard magnitude <= UInt64(Int64.max) else {
            throw NumberError(function: "ParseInt", text: text, reason: .range)
        }
        return negative ? -Int64(magnitude) : Int64(magnitude)
    }

    /// `strconv.ParseUint(text, 0, 64)`; see `parseLiteral`.
    public static func parseUnsignedLiteral(_ text: String) throws(NumberError) -> UInt64 {
        try magnitude(of: text, sign: false, function: "ParseUint")
    }

    private static func hasSign(_ text: String) -> Bool {
        text.utf8.first == UInt8(ascii: "-") || text.utf8.first == UInt8(ascii: "+")
    }

    private static func check(_ text: String, function: String, digits: Substring.UTF8View) throws(NumberError) {
        let isDecimal = digits.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        guard !digits.isEmpty, isDecimal else {
            throw NumberError(function: function, text: text, reason: .syntax)
        }
    }

    private static func magnitude(of text: String, sign: Bool, function: String) throws(NumberError) -> UInt64 {
        var digits = Array(text.utf8.dropFirst(sign ? 1 : 0))
        let radix = radix(of: digits)
        if radix != 10 { digits.removeFirst(radix == 8 && isDigit(digits[1]) ? 1 : 2) }
        var value: UInt64 = 0
        var overflow = false
        var wantsDigit = radix == 10
        for byte in digits {
            if byte == UInt8(ascii: "_") {
                guard !wantsDigit else { throw NumberError(function: function, text: text, reason: .syntax) }
                wantsDigit = true
                continue
            }
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, digit < radix else {
                throw NumberError(function: function, text: text, reason: .syntax)
            }
            wantsDigit = false
            let (product, tooBig) = value.multipliedReportingOverflow(by: UInt64(radix))
            let (sum, tooBigSum) = product.addingReportingOverflow(UInt64(digit))
            overflow = overflow || tooBig || tooBigSum
            value = sum
        }
        guard !digits.isEmpty, !wantsDigit else {
            throw NumberError(function: function, text: text, reason: .syntax)
        }
        guard !overflow else { throw NumberError(function: function, text: text, reason: .range) }
        return value
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "_")
    }

    private static func radix(of digits: [UInt8]) -> Int {
        guard digits.count > 1, digits[0] == UInt8(ascii: "0") else { return 10 }
        return switch digits[1] | 0x20 {
        case UInt8(ascii: "x"): 16
        case UInt8(ascii: "o"): 8
        case UInt8(ascii: "b"): 2
        default: 8
        }
    }
}
