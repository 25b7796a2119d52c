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

    /// `1+2i`: the sign between the parts is the last one that does not belong to an exponent.
    private mutating func parseComplex() throws(SyntaxError) {
        let isHex = text.contains(UInt8(ascii: "x")) || text.contains(UInt8(ascii: "X"))
        let exponents: [UInt8] = isHex ? Array("pP".utf8) : Array("eE".utf8)
        let split = text.indices.dropFirst().first { index in
            (text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-"))
                && !exponents.contains(text[index - 1])
        }
        guard let split, let real = GoNumber.parseFloat(Array(text[..<split])),
            let imaginary = GoNumber.parseFloat(Array(text[split..<(text.count - 1)]))
        else { throw SyntaxError(message: "syntax error scanning complex number") }
        setComplex(real, imaginary)
    }

    private mutating func setComplex(_ real: Double, _ imaginary: Double) {
        complex = (real, imaginary)
        guard imaginary == 0 else { return }
        float = real
        int = Int64(exactly: real)
        uint = UInt64(exactly: real)
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
            int = Int64(exactly: value)
            uint = UInt64(exactly: value)
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
