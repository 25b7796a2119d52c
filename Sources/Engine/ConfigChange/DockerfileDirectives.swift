// SPDX-License-Identifier: Apache-2.0

/// The parser directives, `# escape=x` and the like, which come before everything else.
struct DockerfileDirectives {
    private static let known: Set<String> = ["syntax", "escape", "check"]

    private(set) var escape: Unicode.Scalar = "\\"
    private var seen: Set<String> = []
    private var isDone = false

    /// Looks at a line without the space before it; the first that is no directive ends them.
    mutating func read(_ line: Substring.UnicodeScalarView) throws(ConfigChangeError) {
        guard !isDone else { return }
        guard let (name, value) = Self.directive(line), Self.known.contains(name) else {
            isDone = true
            return
        }
        guard seen.insert(name).inserted else { throw .repeatedDirective(name) }
        guard name == "escape" else { return }
        guard value == "`" || value == "\\", let token = value.unicodeScalars.first else { throw .invalidEscape(value) }
        escape = token
    }

    /// `#name=value`, with space around each part.
    private static func directive(_ line: Substring.UnicodeScalarView) -> (name: String, value: String)? {
        guard line.first == "#" else { return nil }
        let text = line.dropFirst().drop(while: \.isGoSpace)
        let name = text.prefix { $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil) }
        guard let first = name.first, first.properties.isAlphabetic else { return nil }
        var rest = text[name.endIndex...].drop(while: isSpace)
        guard rest.popFirst() == "=", let last = rest.last else { return nil }
        var value = rest.drop(while: isSpace)
        while let last = value.last, isSpace(last) { value.removeLast() }
        // A value of nothing but space is its last character.
        return (String(Substring(name)).lowercased(), value.isEmpty ? String(last) : String(Substring(value)))
    }

    /// `\s` of Go's regular expressions.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\u{C}" || scalar == "\r" || scalar == "\n"
    }
}
