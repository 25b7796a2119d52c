// SPDX-License-Identifier: Apache-2.0

/// The replacement texts of Go's `regexp`, for patterns without groups: `$0` is the match, another name is empty.
enum RegexTemplate {
    static func expand(_ template: String, match: ArraySlice<Unicode.Scalar>) -> String {
        var result = String.UnicodeScalarView()
        var rest = template.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "$" else {
                result.append(scalar)
                continue
            }
            if rest.first == "$" {
                rest.removeFirst()
                result.append("$")
            } else if let name = takeName(&rest) {
                if name == "0" { result.append(contentsOf: match) }
            } else {
                result.append("$")
            }
        }
        return String(result)
    }

    /// `name` or `{name}`; nil, and nothing taken, for anything else.
    private static func takeName(_ rest: inout Substring.UnicodeScalarView) -> String? {
        var text = rest
        let isBraced = text.first == "{"
        if isBraced { text.removeFirst() }
        let name = text.prefix { $0.isGoLetter || $0.isGoDigit || $0 == "_" }
        guard !name.isEmpty else { return nil }
        text = text[name.endIndex...]
        if isBraced {
            guard text.popFirst() == "}" else { return nil }
        }
        rest = text
        return String(Substring(name))
    }
}
