// SPDX-License-Identifier: Apache-2.0

/// A shell pattern with the meaning of Go's `path.Match`, which docker's filters use: `*` and `?` don't cross `/`,
/// `[a-z]` and `[^a-z]` are classes, `\` takes the next character as it is.
public struct GlobPattern: Sendable {
    private enum Element: Sendable {
        case literal(Unicode.Scalar)
        case anyScalar
        case scalarClass([ClosedRange<UInt32>], negated: Bool)
    }

    /// A run of elements, which a `*` may precede.
    private struct Chunk: Sendable {
        var hasStar: Bool
        var elements: [Element] = []
    }

    private var chunks: [Chunk] = []

    /// Fails with docker's `syntax error in pattern`.
    public init(_ text: String) throws(GlobPatternError) {
        var rest = Array(text.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            if scalar == "*" {
                if chunks.last?.hasStar != true || chunks.last?.elements.isEmpty != true {
                    chunks.append(Chunk(hasStar: true))
                }
                continue
            }
            let element = try Self.element(scalar, &rest)
            if chunks.isEmpty { chunks.append(Chunk(hasStar: false)) }
            chunks[chunks.count - 1].elements.append(element)
        }
    }

    /// Whether the whole of `text` matches.
    public func matches(_ text: String) -> Bool {
        var name = Array(text.unicodeScalars)[...]
        for (index, chunk) in chunks.enumerated() {
            let isLast = index == chunks.count - 1
            if chunk.hasStar, chunk.elements.isEmpty { return !name.contains("/") }
            guard let rest = Self.match(chunk, name, isLast: isLast) else { return false }
            name = rest
        }
        return name.isEmpty
    }

    /// What is left of `name` after the first place where `chunk` fits; a last chunk must reach the end.
    private static func match(
        _ chunk: Chunk, _ name: ArraySlice<Unicode.Scalar>, isLast: Bool
    ) -> ArraySlice<Unicode.Scalar>? {
        var start = name
        while true {
            if let rest = match(chunk.elements, start), rest.isEmpty || !isLast { return rest }
            guard chunk.hasStar, let skipped = start.popFirst(), skipped != "/" else { return nil }
        }
    }

    private static func match(
        _ elements: [Element], _ name: ArraySlice<Unicode.Scalar>
    ) -> ArraySlice<Unicode.Scalar>? {
        guard name.count >= elements.count else { return nil }
        for (element, scalar) in zip(elements, name) {
            switch element {
            case .literal(let literal): guard literal == scalar else { return nil }
            case .anyScalar: guard scalar != "/" else { return nil }
            case .scalarClass(let ranges, let negated):
                guard ranges.contains(where: { $0.contains(scalar.value) }) != negated else { return nil }
            }
        }
        return name.dropFirst(elements.count)
    }

    private static func element(
        _ scalar: Unicode.Scalar, _ rest: inout ArraySlice<Unicode.Scalar>
    ) throws(GlobPatternError) -> Element {
        switch scalar {
        case "?": return .anyScalar
        case "[": return try scalarClass(&rest)
        case "\\":
            guard let escaped = rest.popFirst() else { throw GlobPatternError() }
            return .literal(escaped)
        default: return .literal(scalar)
        }
    }

    private static func scalarClass(_ rest: inout ArraySlice<Unicode.Scalar>) throws(GlobPatternError) -> Element {
        let negated = rest.first == "^"
        if negated { rest.removeFirst() }
        var ranges: [ClosedRange<UInt32>] = []
        while rest.first != "]" || ranges.isEmpty {
            let low = try bound(&rest)
            var high = low
            if rest.first == "-" {
                rest.removeFirst()
                high = try bound(&rest)
            }
            // A range that runs backwards is legal and holds nothing; the class still counts as begun.
            ranges.append(low <= high ? low...high : UInt32.max...UInt32.max)
        }
        rest.removeFirst()
        return .scalarClass(ranges, negated: negated)
    }

    private static func bound(_ rest: inout ArraySlice<Unicode.Scalar>) throws(GlobPatternError) -> UInt32 {
        guard var scalar = rest.popFirst(), scalar != "-", scalar != "]" else { throw GlobPatternError() }
        if scalar == "\\" {
            guard let escaped = rest.popFirst() else { throw GlobPatternError() }
            scalar = escaped
        }
        guard !rest.isEmpty else { throw GlobPatternError() }
        return scalar.value
    }
}

/// A pattern that can't be read; Go's text, which docker prints.
public struct GlobPatternError: Error, Hashable, Sendable, CustomStringConvertible {
    public init() {}

    public var description: String { "syntax error in pattern" }
}
