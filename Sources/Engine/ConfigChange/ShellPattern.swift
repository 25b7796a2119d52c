// SPDX-License-Identifier: Apache-2.0

/// A pattern of `${name#pattern}`: `*` and `?`, which don't cross a line's end, and nothing else that is special.
struct ShellPattern {
    private enum Element {
        case literal(Unicode.Scalar)
        case anyScalar
    }

    /// A run of elements, which a `*` may precede.
    private struct Chunk {
        var hasStar: Bool
        var elements: [Element] = []
    }

    private var chunks: [Chunk] = [Chunk(hasStar: false)]

    init(_ text: String) throws(ExpansionError) {
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*": chunks.append(Chunk(hasStar: true))
            case "?": add(.anyScalar)
            case "\\":
                // The escapes that `}` and `/` need inside `${…}` aren't part of the pattern.
                if rest.first == "}" || rest.first == "/" { continue }
                let escaped = rest.popFirst() ?? "\u{FFFD}"
                guard escaped == "*" || escaped == "?" || escaped == "\\" else {
                    throw .invalidPattern(text, reason: "invalid escape '\\\(escaped)'")
                }
                add(.literal(escaped))
            default: add(.literal(scalar))
            }
        }
    }

    private mutating func add(_ element: Element) {
        chunks[chunks.count - 1].elements.append(element)
    }

    /// The pattern read from its end; escapes stay before what they escape.
    static func reversed(_ pattern: String) -> String {
        var pieces: [[Unicode.Scalar]] = []
        var rest = pattern.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            let escaped = scalar == "\\" ? rest.popFirst() : nil
            pieces.append([scalar] + (escaped.map { [$0] } ?? []))
        }
        return String(String.UnicodeScalarView(pieces.reversed().joined()))
    }

    func trimmingPrefix(of value: String, longest: Bool) -> String {
        let scalars = Array(value.unicodeScalars)
        guard let end = match(scalars, from: 0, longest: longest) else { return value }
        return String(String.UnicodeScalarView(scalars[end...]))
    }

    /// Replaces the first match, or all of them with Go's `ReplaceAllString`, which expands `$0` in the replacement.
    func replacing(in value: String, with replacement: String, all: Bool) -> String {
        let scalars = Array(value.unicodeScalars)
        var result = String.UnicodeScalarView()
        var copied = 0
        var start = 0
        while start <= scalars.count {
            guard let end = match(scalars, from: start, longest: true) else {
                start += 1
                continue
            }
            result.append(contentsOf: scalars[copied..<start])
            guard all else {
                return String(result) + replacement + String(String.UnicodeScalarView(scalars[end...]))
            }
            // An empty match right after another is none.
            if end > copied || start == 0 {
                let template = RegexTemplate.expand(replacement, match: scalars[start..<end])
                result.append(contentsOf: template.unicodeScalars)
            }
            copied = end
            start = max(end, start + 1)
        }
        result.append(contentsOf: scalars[min(copied, scalars.count)...])
        return String(result)
    }

    /// The end of a match that starts at `start`. Every `*` but a last greedy one takes as little as it can, which
    /// leaves the most for the rest and never has to be taken back.
    private func match(_ value: [Unicode.Scalar], from start: Int, longest: Bool) -> Int? {
        var position = start
        for (index, chunk) in chunks.enumerated() {
            let isGreedy = longest && index == chunks.count - 1
            guard let found = find(chunk, value, from: position, last: isGreedy) else { return nil }
            position = found + chunk.elements.count
        }
        return position
    }

    private func find(_ chunk: Chunk, _ value: [Unicode.Scalar], from start: Int, last: Bool) -> Int? {
        var found: Int?
        var position = start
        while position + chunk.elements.count <= value.count {
            if fits(chunk, value, position) {
                found = position
                if !last { break }
            }
            guard chunk.hasStar, position < value.count, value[position] != "\n" else { break }
            position += 1
        }
        return found
    }

    private func fits(_ chunk: Chunk, _ value: [Unicode.Scalar], _ position: Int) -> Bool {
        for (element, scalar) in zip(chunk.elements, value[position...]) {
            switch element {
            case .literal(let literal): guard literal == scalar else { return false }
            case .anyScalar: guard scalar != "\n" else { return false }
            }
        }
        return true
    }
}
