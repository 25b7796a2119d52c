// SPDX-License-Identifier: Apache-2.0

/// Splits a line into words at white space outside quotes; quotes and escapes stay for the expansion that follows.
struct WordSplitter {
    let escape: Unicode.Scalar

    func split(_ text: String) -> [String] {
        var words: [String] = []
        var rest = text.unicodeScalars[...].drop(while: \.isGoSpace)
        while !rest.isEmpty {
            if let word = takeWord(&rest) { words.append(word) }
            rest = rest.drop(while: \.isGoSpace)
        }
        return words
    }

    /// A word; nil for one of nothing but an escape at the end of the line, which is dropped.
    private func takeWord(_ rest: inout Substring.UnicodeScalarView) -> String? {
        var word = String.UnicodeScalarView()
        var quote: Unicode.Scalar?
        while let scalar = rest.first, quote != nil || !scalar.isGoSpace {
            rest.removeFirst()
            if scalar == quote {
                quote = nil
            } else if quote == nil, scalar == "'" || scalar == "\"" {
                quote = scalar
            }
            if scalar == escape, quote != "'" {
                guard let escaped = rest.popFirst() else { break }
                word.append(scalar)
                word.append(escaped)
            } else {
                word.append(scalar)
            }
        }
        return word.isEmpty ? nil : String(word)
    }
}
