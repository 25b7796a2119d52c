// SPDX-License-Identifier: Apache-2.0

/// Expands the quotes, escapes and variables of a word as a shell does (BuildKit, frontend/dockerfile/shell).
struct ShellLexer {
    /// A word after expansion.
    struct Expansion: Equatable {
        /// With the space between its words.
        var word: String
        /// Split at space that came out unquoted.
        var words: [String]
    }

    let escape: Unicode.Scalar
    var keepsQuotes = false
    var keepsEscapes = false
    /// Variables that aren't set stay as they are written.
    var keepsUnset = false

    func expand(_ word: String, _ environment: [String: String]) throws(ConfigChangeError) -> Expansion {
        var expander = ShellExpander(lexer: self, word: word, environment: environment)
        do {
            return try expander.expand(until: nil, keepingEscapes: keepsEscapes)
        } catch {
            throw .expansion(word: word, error)
        }
    }

    /// The variables of `NAME=value` entries; the last of equal names wins.
    static func environment(_ entries: [String]) -> [String: String] {
        Dictionary(
            entries.map { entry in
                let name = entry.utf8.prefix { $0 != UInt8(ascii: "=") }
                return (String(Substring(name)), String(Substring(entry.utf8[name.endIndex...].dropFirst())))
            },
            uniquingKeysWith: { _, last in last }
        )
    }
}
