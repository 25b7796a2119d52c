// SPDX-License-Identifier: Apache-2.0

/// Cuts a template's text into tokens, one at a time, by the rules of text/template/parse.
struct Lexer {
    private enum Mode { case text, action, finished }

    let input: [UInt8]
    var position = 0
    /// Start of the item being read.
    var start = 0
    /// Line of `position` and of `start`, from 1.
    var line = 1
    var startLine = 1
    private var mode = Mode.text
    private var parenthesisDepth = 0
    private var lastWidth = 0
    /// An item found together with the one just returned.
    private var pending: Token?

    init(_ input: [UInt8]) {
        self.input = input
    }

    /// The next token; after the end or an error, `.endOfFile` or `.error` again.
    mutating func next() -> Token {
        if let token = pending {
            pending = nil
            return token
        }
        while true {
            let token =
                switch mode {
                case .text: lexText()
                case .action: lexInsideAction()
                case .finished: Token(kind: .error, position: 0, value: [], line: startLine) as Token?
                }
            if let token { return token }
        }
    }

    // MARK: Runes

    /// The next rune, or nil at the end.
    mutating func nextRune() -> Unicode.Scalar? {
        guard position < input.count else {
            lastWidth = 0
            return nil
        }
        let (rune, width, _) = UTF8Decoding.decode(input, at: position)
        position += width
        lastWidth = width
        if rune == "\n" { line += 1 }
        return rune
    }

    /// Steps back over the rune that `nextRune` returned.
    mutating func backUp() {
        position -= lastWidth
        if lastWidth == 1, input[position] == UInt8(ascii: "\n") { line -= 1 }
        lastWidth = 0
    }

    mutating func peekRune() -> Unicode.Scalar? {
        let rune = nextRune()
        backUp()
        return rune
    }

    func hasPrefix(_ prefix: StaticString, at offset: Int) -> Bool {
        let count = prefix.utf8CodeUnitCount
        guard offset >= 0, offset + count <= input.count else { return false }
        for index in 0..<count where input[offset + index] != prefix.utf8Start[index] { return false }
        return true
    }

    // MARK: Items

    mutating func emit(_ kind: Token.Kind) -> Token {
        let token = Token(kind: kind, position: start, value: Array(input[start..<position]), line: startLine)
        start = position
        startLine = line
        return token
    }

    /// Skips the pending input, which was not read rune by rune.
    private mutating func ignore() {
        line += newlines(in: start..<position)
        start = position
        startLine = line
    }

    mutating func fail(_ message: String) -> Token {
        mode = .finished
        return Token(kind: .error, position: start, value: Array(message.utf8), line: startLine)
    }

    private func newlines(in range: Range<Int>) -> Int {
        input[range].reduce(0) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) }
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
    }

    private func hasLeftTrimMarker(at offset: Int) -> Bool {
        offset + 2 <= input.count && input[offset] == UInt8(ascii: "-") && Self.isSpace(input[offset + 1])
    }

    private func hasRightTrimMarker(at offset: Int) -> Bool {
        offset >= 0 && offset + 2 <= input.count && Self.isSpace(input[offset])
            && input[offset + 1] == UInt8(ascii: "-")
    }

    // MARK: States

    private mutating func lexText() -> Token? {
        guard let delimiter = offset(of: "{{", from: position) else {
            position = input.count
            mode = .finished
            pending = Token(kind: .endOfFile, position: position, value: [], line: line)
            guard position > start else { return next() }
            line += newlines(in: start..<position)
            pending?.line = line
            return emit(.text)
        }
        var end = delimiter
        if hasLeftTrimMarker(at: delimiter + 2) {
            while end > start, Self.isSpace(input[end - 1]) { end -= 1 }
        }
        position = end
        var text: Token?
        if position > start {
            line += newlines(in: start..<position)
            text = emit(.text)
        }
        position = delimiter
        ignore()
        let delimiterToken = lexLeftDelimiter()
        guard let text else { return delimiterToken }
        pending = delimiterToken
        return text
    }

    private func offset(of needle: StaticString, from: Int) -> Int? {
        var index = from
        while index + needle.utf8CodeUnitCount <= input.count {
            if hasPrefix(needle, at: index) { return index }
            index += 1
        }
        return nil
    }

    /// The left delimiter is at `position`; nil when a comment was skipped.
    private mutating func lexLeftDelimiter() -> Token? {
        position += 2
        let marker = hasLeftTrimMarker(at: position) ? 2 : 0
        if hasPrefix("/*", at: position + marker) {
            position += marker
            ignore()
            return lexComment()
        }
        let token = emit(.leftDelimiter)
        position += marker
        ignore()
        parenthesisDepth = 0
        mode = .action
        return token
    }

    private mutating func lexComment() -> Token? {
        guard let end = offset(of: "*/", from: position + 2) else { return fail("unclosed comment") }
        position = end + 2
        guard let trims = rightDelimiter() else { return fail("comment ends before closing delimiter") }
        position += trims ? 4 : 2
        if trims { skipSpace() }
        ignore()
        mode = .text
        return nil
    }

    private mutating func skipSpace() {
        while position < input.count, Self.isSpace(input[position]) { position += 1 }
    }

    /// Whether a right delimiter is at `position`, and whether a trim marker precedes it.
    private func rightDelimiter() -> Bool? {
        if hasRightTrimMarker(at: position), hasPrefix("}}", at: position + 2) { return true }
        return hasPrefix("}}", at: position) ? false : nil
    }

    private mutating func lexRightDelimiter(trims: Bool) -> Token {
        if trims {
            position += 2
            ignore()
        }
        position += 2
        let token = emit(.rightDelimiter)
        if trims {
            skipSpace()
            ignore()
        }
        mode = .text
        return token
    }

    private mutating func lexInsideAction() -> Token? {
        if let trims = rightDelimiter() {
            return parenthesisDepth == 0 ? lexRightDelimiter(trims: trims) : fail("unclosed left paren")
        }
        guard let rune = nextRune() else { return fail("unclosed action") }
        switch rune {
        case " ", "\t", "\r", "\n": return lexSpace()
        case "=": return emit(.assign)
        case ":": return nextRune() == "=" ? emit(.declare) : fail("expected :=")
        case "|": return emit(.pipe)
        case "\"": return lexQuote("\"", .string, "unterminated quoted string")
        case "'": return lexQuote("'", .characterConstant, "unterminated character constant")
        case "`": return lexRawQuote()
        case "$": return lexFieldOrVariable(.variable)
        case "(":
            parenthesisDepth += 1
            return emit(.leftParenthesis)
        case ")": return lexRightParenthesis()
        case ".":
            // A digit after the point makes it a number.
            let startsNumber = position >= input.count || (0x30...0x39).contains(input[position])
            return startsNumber ? lexNumber() : lexFieldOrVariable(.field)
        case "+", "-", "0"..."9": return lexNumber()
        default: return lexOther(rune)
        }
    }

    private mutating func lexOther(_ rune: Unicode.Scalar) -> Token {
        if RuneClass.isAlphaNumeric(rune) { return lexIdentifier() }
        if rune.isASCII, RuneClass.isPrintable(rune) { return emit(.character) }
        return fail("unrecognized character in action: " + Self.unicodeName(rune))
    }

    private mutating func lexRightParenthesis() -> Token {
        parenthesisDepth -= 1
        return parenthesisDepth < 0 ? fail("unexpected right paren") : emit(.rightParenthesis)
    }

    /// Reads a run of spaces; its last one may belong to a right delimiter with a trim marker.
    private mutating func lexSpace() -> Token {
        while let rune = peekRune(), rune.isASCII, Self.isSpace(UInt8(rune.value)) { _ = nextRune() }
        if hasRightTrimMarker(at: position - 1), hasPrefix("}}", at: position + 1) {
            position -= 1
            if input[position] == UInt8(ascii: "\n") { line -= 1 }
            if position == start { return lexRightDelimiter(trims: true) }
        }
        return emit(.space)
    }

    /// U+0023 '#', as Go's %#U prints a rune.
    static func unicodeName(_ rune: Unicode.Scalar) -> String {
        let digits = String(rune.value, radix: 16, uppercase: true)
        let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return RuneClass.isPrintable(rune) ? name + " '\(Character(rune))'" : name
    }
}
