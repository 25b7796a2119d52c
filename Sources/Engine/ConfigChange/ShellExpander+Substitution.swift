// SPDX-License-Identifier: Apache-2.0

extension ShellExpander {
    /// `$name`, or `${…}`; a `$` before anything else is itself.
    mutating func substitution() throws(ExpansionError) -> String {
        _ = next()
        guard peek() == "{" else {
            let name = variableName()
            if name.isEmpty { return "$" }
            return environment[name] ?? (lexer.keepsUnset ? "$" + name : "")
        }
        guard depth < Self.maximumDepth else { throw .nestedTooDeeply }
        depth += 1
        defer { depth -= 1 }
        _ = next()
        return try braced()
    }

    /// What follows `${`.
    private mutating func braced() throws(ExpansionError) -> String {
        guard let first = peek() else { throw .missingBrace }
        if first == "{" || first == "}" || first == ":" { throw .badSubstitution }
        let name = variableName()
        let modifier = next()
        switch modifier {
        case "}": return environment[name] ?? (lexer.keepsUnset ? "${\(name)}" : "")
        case ":": return try modified(name, next(), takesEmptyAsUnset: true)
        case "+", "-", "?", "#", "%": return try modified(name, modifier, takesEmptyAsUnset: false)
        case "/": return try replaced(name)
        default: throw .unsupportedModifier(Self.text(modifier))
        }
    }

    /// `${name-word}` and its kin, with or without the colon that counts empty as unset.
    private mutating func modified(
        _ name: String, _ modifier: Unicode.Scalar?, takesEmptyAsUnset: Bool
    ) throws(ExpansionError) -> String {
        let isTrim = modifier == "#" || modifier == "%"
        let text = (takesEmptyAsUnset ? ":" : "") + Self.text(modifier)
        if takesEmptyAsUnset, isTrim { throw .unsupportedModifier(text) }
        let word = try operand(until: "}", keepingEscapes: isTrim, missing: .missingBrace)
        let value = environment[name]
        if value == nil, lexer.keepsUnset { return "${\(name)\(text)\(word)}" }
        let isSet = value.map { !(takesEmptyAsUnset && $0.isEmpty) } ?? false
        switch modifier {
        case "-": return isSet ? value ?? "" : word
        case "+": return isSet ? word : ""
        case "?":
            let reason = value == nil ? "is not allowed to be unset" : "is not allowed to be empty"
            guard isSet, let value else { throw .required(name: name, message: word.isEmpty ? reason : word) }
            return value
        case "#": return try trimmed(value ?? "", word, atEnd: false)
        case "%": return try trimmed(value ?? "", word, atEnd: true)
        default: throw .unsupportedModifier(text)
        }
    }

    /// `${name#pattern}` and `${name%pattern}`; doubled, the longest match goes.
    private func trimmed(_ value: String, _ word: String, atEnd: Bool) throws(ExpansionError) -> String {
        let isLongest = word.unicodeScalars.first == (atEnd ? "%" : "#")
        let pattern = isLongest ? String(Substring(word.unicodeScalars.dropFirst())) : word
        guard atEnd else { return try ShellPattern(pattern).trimmingPrefix(of: value, longest: isLongest) }
        // The shortest match that ends at the end is found from there: both are turned around.
        let turned = String(String.UnicodeScalarView(value.unicodeScalars.reversed()))
        let result = try ShellPattern(ShellPattern.reversed(pattern)).trimmingPrefix(of: turned, longest: isLongest)
        return String(String.UnicodeScalarView(result.unicodeScalars.reversed()))
    }

    /// `${name/pattern/replacement}`; a second `/` at the start replaces all.
    private mutating func replaced(_ name: String) throws(ExpansionError) -> String {
        let isAll = peek() == "/"
        if isAll { _ = next() }
        let pattern = try operand(until: "/", keepingEscapes: true, missing: .missingSlash)
        let replacement = try operand(until: "}", keepingEscapes: true, missing: .missingBrace)
        guard let value = environment[name] else {
            if lexer.keepsUnset { return "${\(name)/\(pattern)/\(replacement)}" }
            return try ShellPattern(pattern).replacing(in: "", with: replacement, all: isAll)
        }
        return try ShellPattern(pattern).replacing(in: value, with: replacement, all: isAll)
    }

    private mutating func operand(
        until stop: Unicode.Scalar, keepingEscapes: Bool, missing: ExpansionError
    ) throws(ExpansionError) -> String {
        do {
            return try expand(until: stop, keepingEscapes: keepingEscapes).word
        } catch {
            throw peek() == nil ? missing : error
        }
    }

    /// Letters, digits and `_`; or digits alone; or one of the shell's special parameters.
    private mutating func variableName() -> String {
        guard let first = peek() else { return "" }
        var name = String.UnicodeScalarView()
        if !first.isGoDigit, "@*#?-$!0".unicodeScalars.contains(first) {
            take(into: &name)
            return String(name)
        }
        while let scalar = peek(), scalar.isGoDigit || (!first.isGoDigit && (scalar.isGoLetter || scalar == "_")) {
            take(into: &name)
        }
        return String(name)
    }

    private mutating func take(into name: inout String.UnicodeScalarView) {
        if let scalar = next() { name.append(scalar) }
    }

    /// The end of the text is U+FFFD, as Go prints it.
    private static func text(_ scalar: Unicode.Scalar?) -> String {
        scalar.map { String($0) } ?? "\u{FFFD}"
    }
}
