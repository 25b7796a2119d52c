// SPDX-License-Identifier: Apache-2.0

/// A number or character of an action, held under every type that can represent it, like a Go constant.
struct NumberConstant: Sendable {
    var int: Int64?
    var uint: UInt64?
    var float: Double?
    var complex: (real: Double, imaginary: Double)?
    /// As written in the template.
    let text: [UInt8]

    /// Fails with the text of Go's error.
    struct SyntaxError: Error {
        let message: String
    }

    init(_ text: [UInt8], kind: Token.Kind) throws(SyntaxError) {
        self.text = text
        switch kind {
        case .characterConstant: try parseCharacter()
        case .complex: try parseComplex()
        default: try parseNumber()
        }
    }

    private var description: String { String(decoding: text, as: UTF8.self) }

    private mutating func parseCharacter() throws(SyntaxError) {
        guard let character = GoQuote.unquoteCharacter(text, at: 1, quote: UInt8(ascii: "'")) else {
            throw SyntaxError(message: "invalid syntax")
        }
        guard character.next == text.count - 1 else {
            throw SyntaxError(message: "malformed character constant: \(description)")
        }
        int = Int64(character.value)
        uint = UInt64(character.value)
        float = Double(character.value)
    }

    /// `1+2i`, as fmt.Sscan reads it.
    private mutating func parseComplex() throws(SyntaxError) {
        let real = floatToken(from: 0)
        guard real.endIndex < text.count, "+-".utf8.contains(text[real.endIndex]) else {
            throw SyntaxError(message: "syntax error scanning complex number")
        }
        let imaginary = floatToken(from: real.endIndex + 1)
        guard imaginary.endIndex == text.count - 1 else {
            throw SyntaxError(message: "syntax error scanning complex number")
        }
        setComplex(try Self.float(Array(real)), try Self.float(Array(text[real.endIndex..<imaginary.endIndex])))
    }

    /// What looks like a floating-point number, from `start` on.
    private func floatToken(from start: Int) -> ArraySlice<UInt8> {
        var index = start
        func accept(_ set: String) -> Bool {
            guard index < text.count, set.utf8.contains(text[index]) else { return false }
            index += 1
            return true
        }
        var (digits, exponent) = ("0123456789_", "eEp")
        _ = accept("+-")
        // Sscan looks for Inf here and keeps the i.
        _ = accept("i")
        if accept("0"), accept("xX") { (digits, exponent) = ("0123456789aAbBcCdDeEfF_", "pP") }
        while accept(digits) {}
        if accept(".") { while accept(digits) {} }
        if accept(exponent) {
            _ = accept("+-")
            while accept("0123456789_") {}
        }
        return text[start..<index]
    }

    private static func float(_ text: [UInt8]) throws(SyntaxError) -> Double {
        let value = GoNumber.readFloat(text)
        if let value, value.isFinite { return value }
        let reason = value == nil ? "invalid syntax" : "value out of range"
        throw SyntaxError(message: "strconv.ParseFloat: parsing \(GoQuote.quoted(text).string): \(reason)")
    }

    // Not `Int64(exactly:)`, which would need libm's trunc.

    private static func int(_ value: Double) -> Int64? {
        guard value >= -0x1p63, value < 0x1p63, Double(Int64(value)) == value else { return nil }
        return Int64(value)
    }

    private static func uint(_ value: Double) -> UInt64? {
        guard value > -1, value < 0x1p64, Double(UInt64(value)) == value else { return nil }
        return UInt64(value)
    }

    private mutating func setComplex(_ real: Double, _ imaginary: Double) {
        complex = (real, imaginary)
        guard imaginary == 0 else { return }
        float = real
        int = Self.int(real)
        uint = Self.uint(real)
    }

    private mutating func parseNumber() throws(SyntaxError) {
        if text.last == UInt8(ascii: "i"), let imaginary = GoNumber.parseFloat(Array(text.dropLast())) {
            setComplex(0, imaginary)
            return
        }
        uint = GoNumber.parseUnsigned(text[...])
        int = GoNumber.parseSigned(text)
        if let int {
            if int == 0 { uint = 0 }
            float = Double(int)
        } else if let uint {
            float = Double(uint)
        } else if let value = GoNumber.parseFloat(text) {
            // What looks like an integer but only parses as a float does not fit into 64 bits.
            guard text.contains(where: { ".eEpP".utf8.contains($0) }) else {
                throw SyntaxError(message: "integer overflow: " + GoQuote.quoted(text).string)
            }
            float = value
            int = Self.int(value)
            uint = Self.uint(value)
        } else {
            throw SyntaxError(message: "illegal number syntax: " + GoQuote.quoted(text).string)
        }
    }

    /// Whether a constant without a context is a float64 rather than an int.
    var isWrittenAsFloat: Bool {
        guard float != nil, text.first != UInt8(ascii: "'"), text.contains(where: { ".eEpP".utf8.contains($0) })
        else { return false }
        let isHex = text.count > 2 && text[0] == UInt8(ascii: "0") && text[1] | 0x20 == UInt8(ascii: "x")
        return !isHex || text.contains { "pP".utf8.contains($0) }
    }
}
