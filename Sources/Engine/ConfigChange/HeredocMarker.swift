// SPDX-License-Identifier: Apache-2.0

/// The words of a line that announce a here-document: `<<EOF`, `3<<-"EOF"`.
enum HeredocMarker {
    /// A line that can't be split into words has none.
    static func markers(in line: String) throws(ConfigChangeError) -> [DockerfileInstruction.Heredoc] {
        let lexer = ShellLexer(escape: "\\", keepsQuotes: true, keepsEscapes: true, keepsUnset: true)
        guard let words = try? lexer.expand(line, [:]).words else { return [] }
        var result: [DockerfileInstruction.Heredoc] = []
        for word in words {
            if let marker = try marker(word) { result.append(marker) }
        }
        return result
    }

    private static func marker(_ word: String) throws(ConfigChangeError) -> DockerfileInstruction.Heredoc? {
        var rest = word.unicodeScalars.drop { $0.isASCII && $0.properties.numericType != nil }
        guard rest.popFirst() == "<", rest.popFirst() == "<" else { return nil }
        let stripsTabs = rest.first == "-"
        if stripsTabs { rest.removeFirst() }
        rest = rest.drop { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\u{C}" }
        guard !rest.isEmpty, !rest.contains("<") else { return nil }
        let words = try ShellLexer(escape: "\\", keepsUnset: true).expand(String(Substring(rest)), [:]).words
        guard words.count == 1 else { return nil }
        return DockerfileInstruction.Heredoc(name: words[0], stripsTabs: stripsTabs)
    }
}
