// SPDX-License-Identifier: Apache-2.0

/// Takes the `--flag=value` words off the front of an instruction's arguments.
struct FlagSplitter {
    let escape: Unicode.Scalar

    /// The flags, unquoted, and the rest from its first character; `--` ends the flags.
    ///
    /// BuildKit walks bytes here and takes each for a character, so what isn't ASCII comes out garbled there; this
    /// doesn't follow it that far.
    func split(_ text: String) -> (flags: [String], rest: String) {
        var flags: [String] = []
        var rest = text.unicodeScalars[...]
        while true {
            rest = rest.drop(while: \.isGoSpace)
            guard rest.starts(with: "--".unicodeScalars) else { return (flags, String(Substring(rest))) }
            let word = takeWord(&rest)
            if word == "--" { return (flags, String(Substring(rest))) }
            flags.append(word)
        }
    }

    private func takeWord(_ rest: inout Substring.UnicodeScalarView) -> String {
        var word = String.UnicodeScalarView()
        var quote: Unicode.Scalar?
        while let scalar = rest.first, quote != nil || !scalar.isGoSpace {
            rest.removeFirst()
            if scalar == quote {
                quote = nil
            } else if quote == nil, scalar == "'" || scalar == "\"" {
                quote = scalar
            } else if scalar == escape {
                if let escaped = rest.popFirst() { word.append(escaped) }
            } else {
                word.append(scalar)
            }
        }
        return String(word)
    }
}
