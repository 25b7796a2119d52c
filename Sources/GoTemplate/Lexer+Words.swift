// SPDX-License-Identifier: Apache-2.0

/// Words, numbers and strings inside an action.
extension Lexer {
    private static let keywords: [String: Token.Kind] = [
        ".": .dot, "block": .block, "break": .breakKeyword, "continue": .continueKeyword, "define": .define,
        "else": .elseKeyword, "end": .end, "if": .ifKeyword, "nil": .nilKeyword, "range": .range,
        "template": .template, "with": .with,
    ]

    mutating func lexIdentifier() -> Token {
        var rune: Unicode.Scalar?
        repeat { rune = nextRune() } while rune.map(RuneClass.isAlphaNumeric) ?? false
        backUp()
        guard isAtTerminator() else { return fail("bad character " + Self.unicodeName(rune ?? "\0")) }
        let word = String(decoding: input[start..<position], as: UTF8.self)
        if let keyword = Self.keywords[word] { return emit(keyword) }
        return emit(word == "true" || word == "false" ? .bool : .identifier)
    }

    /// The `.` or `$` has been read.
    mutating func lexFieldOrVariable(_ kind: Token.Kind) -> Token {
        if isAtTerminator() { return emit(kind == .variable ? .variable : .dot) }
        var rune: Unicode.Scalar?
        repeat { rune = nextRune() } while rune.map(RuneClass.isAlphaNumeric) ?? false
        backUp()
        guard isAtTerminator() else { return fail("bad character " + Self.unicodeName(rune ?? "\0")) }
        return emit(kind)
    }

    /// Whether what follows may end an identifier.
    private func isAtTerminator() -> Bool {
        guard position < input.count else { return true }
        let byte = input[position]
        if Self.isSpace(byte) { return true }
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "|"), UInt8(ascii: ":"), UInt8(ascii: ")"),
            UInt8(ascii: "("):
            return true
        default:
            return hasPrefix("}}", at: position)
        }
    }

    /// The first rune of the number has been read.
    mutating func lexNumber() -> Token {
        position = start
        guard scanNumber() else { return badNumber() }
        guard position < input.count, input[position] == UInt8(ascii: "+") || input[position] == UInt8(ascii: "-")
        else { return emit(.number) }
        // Complex: 1+2i, no spaces, must end in i.
        guard scanNumber(), input[position - 1] == UInt8(ascii: "i") else { return badNumber() }
        return emit(.complex)
    }

    private mutating func badNumber() -> Token {
        fail("bad number syntax: " + GoQuote.quoted(Array(input[start..<position])).string)
    }

    private mutating func scanNumber() -> Bool {
        accept("+-")
        var digits: StaticString = "0123456789_"
        var exponent: StaticString = "eE"
        if accept("0") {
            if accept("xX") {
                digits = "0123456789abcdefABCDEF_"
                exponent = "pP"
            } else if accept("oO") {
                digits = "01234567_"
                exponent = ""
            } else if accept("bB") {
                digits = "01_"
                exponent = ""
            }
        }
        acceptRun(digits)
        if accept(".") { acceptRun(digits) }
        if accept(exponent) {
            accept("+-")
            acceptRun("0123456789_")
        }
        accept("i")
        // The next thing must not be alphanumeric.
        if let rune = nextRune() {
            if RuneClass.isAlphaNumeric(rune) { return false }
            backUp()
        }
        return true
    }

    @discardableResult
    private mutating func accept(_ valid: StaticString) -> Bool {
        guard position < input.count else { return false }
        for index in 0..<valid.utf8CodeUnitCount where valid.utf8Start[index] == input[position] {
            position += 1
            return true
        }
        return false
    }

    private mutating func acceptRun(_ valid: StaticString) {
        while accept(valid) {}
    }

    /// The opening quote has been read; the parser checks the escapes.
    mutating func lexQuote(_ quote: Unicode.Scalar, _ kind: Token.Kind, _ message: String) -> Token {
        while true {
            guard let rune = nextRune(), rune != "\n" else { return fail(message) }
            if rune == quote { return emit(kind) }
            if rune == "\\" {
                guard let escaped = nextRune(), escaped != "\n" else { return fail(message) }
            }
        }
    }

    mutating func lexRawQuote() -> Token {
        while let rune = nextRune() {
            if rune == "`" { return emit(.rawString) }
        }
        return fail("unterminated raw quoted string")
    }
}
