// SPDX-License-Identifier: Apache-2.0

/// One expansion under way.
struct ShellExpander {
    /// Substitutions in substitutions; the bound keeps deep ones off the stack's limit.
    static let maximumDepth = 200

    let lexer: ShellLexer
    let environment: [String: String]
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var keepsEscapes = false
    /// The word that is being split off. BuildKit has one for all depths: a substitution with a word in it, such as
    /// `${a:-b}`, loses what stood before it. Docker's users see that, so it is kept.
    private var pending = ""
    var depth = 0

    init(lexer: ShellLexer, word: String, environment: [String: String]) {
        self.lexer = lexer
        self.environment = environment
        // Go's scanner takes a byte order mark at the start for none of the text.
        scalars = Array(
            word.unicodeScalars.first == "\u{FEFF}" ? word.unicodeScalars.dropFirst() : word.unicodeScalars[...])
    }

    /// Expands up to `stop`, which is taken too, or to the end.
    mutating func expand(
        until stop: Unicode.Scalar?, keepingEscapes: Bool
    ) throws(ExpansionError) -> ShellLexer.Expansion {
        let outer = keepsEscapes
        keepsEscapes = keepingEscapes
        defer { keepsEscapes = outer }
        pending = ""
        var result = ""
        var words = Words()
        while let scalar = peek() {
            if scalar == stop {
                position += 1
                return ShellLexer.Expansion(word: result, words: words.finish(&pending))
            }
            switch scalar {
            case "$":
                let value = try substitution()
                result += value
                for scalar in value.unicodeScalars { words.add(scalar, &pending) }
            case "'", "\"":
                let text = scalar == "'" ? try singleQuoted() : try doubleQuoted()
                result += text
                words.addQuoted(text, &pending)
            case "<":
                let text = heredocMarker()
                result += text
                words.addQuoted(text, &pending)
            default: plain(&result, &words)
            }
        }
        if let stop { throw .unterminated(String(stop)) }
        return ShellLexer.Expansion(word: result, words: words.finish(&pending))
    }

    /// A character of its own, or an escaped one; an escape at the end is dropped.
    private mutating func plain(_ result: inout String, _ words: inout Words) {
        guard let scalar = next() else { return }
        guard scalar == lexer.escape else {
            words.add(scalar, &pending)
            result.unicodeScalars.append(scalar)
            return
        }
        if keepsEscapes {
            words.addQuoted(String(scalar), &pending)
            result.unicodeScalars.append(scalar)
        }
        guard let escaped = next() else { return }
        words.addQuoted(String(escaped), &pending)
        result.unicodeScalars.append(escaped)
    }

    /// Nothing is special between single quotes.
    private mutating func singleQuoted() throws(ExpansionError) -> String {
        var result = String.UnicodeScalarView()
        if let quote = next(), lexer.keepsQuotes { result.append(quote) }
        while let scalar = next() {
            if scalar == "'" {
                if lexer.keepsQuotes { result.append(scalar) }
                return String(result)
            }
            result.append(scalar)
        }
        throw .unterminated("single-quote")
    }

    /// Between double quotes variables are expanded, and `"`, `$` and the escape can be escaped.
    private mutating func doubleQuoted() throws(ExpansionError) -> String {
        var result = ""
        if let quote = next(), lexer.keepsQuotes { result.unicodeScalars.append(quote) }
        while let scalar = peek() {
            if scalar == "$" {
                result += try substitution()
                continue
            }
            position += 1
            if scalar == "\"" {
                if lexer.keepsQuotes { result.unicodeScalars.append(scalar) }
                return result
            }
            guard scalar == lexer.escape else {
                result.unicodeScalars.append(scalar)
                continue
            }
            if keepsEscapes { result.unicodeScalars.append(scalar) }
            guard let following = peek() else { break }
            let isEscapable = following == "\"" || following == "$" || following == lexer.escape
            if isEscapable { position += 1 }
            result.unicodeScalars.append(isEscapable ? following : scalar)
        }
        throw .unterminated("double-quote")
    }

    /// `<<` keeps the space after it in its word.
    private mutating func heredocMarker() -> String {
        position += 1
        guard peek() == "<" else { return "<" }
        position += 1
        var result = "<<"
        while let scalar = peek(), scalar == " " || scalar == "\t" || scalar == "\r" {
            position += 1
            result.unicodeScalars.append(scalar)
        }
        return result
    }

    func peek() -> Unicode.Scalar? {
        position < scalars.count ? scalars[position] : nil
    }

    mutating func next() -> Unicode.Scalar? {
        guard let scalar = peek() else { return nil }
        position += 1
        return scalar
    }

    /// The words of one depth.
    private struct Words {
        private var words: [String] = []
        private var isInWord = false

        mutating func add(_ scalar: Unicode.Scalar, _ pending: inout String) {
            guard scalar.isGoSpace else {
                addQuoted(String(scalar), &pending)
                return
            }
            guard isInWord, !pending.isEmpty else { return }
            words.append(pending)
            pending = ""
            isInWord = false
        }

        mutating func addQuoted(_ text: String, _ pending: inout String) {
            pending += text
            isInWord = true
        }

        mutating func finish(_ pending: inout String) -> [String] {
            if !pending.isEmpty { words.append(pending) }
            pending = ""
            return words
        }
    }
}
