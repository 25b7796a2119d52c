// SPDX-License-Identifier: Apache-2.0

/// Writes JSON with the bytes of Go's `encoding/json`: `\u003c`, `\u003e`, `\u0026` for `<`, `>`, `&`, always `\u2028`
/// and `\u2029`, lower-case hex, `{}` and `[]` for what is empty.
public struct JSONWriter: Sendable {
    /// Go's default; off is `Encoder.SetEscapeHTML(false)`.
    public var escapesHTML: Bool
    /// What one level of nesting adds to the start of a line; nil writes everything on one line, without spaces.
    public var indent: String?

    private var output: [UInt8] = []
    private var depth = 0

    public init(escapesHTML: Bool = true, indent: String? = nil) {
        self.escapesHTML = escapesHTML
        self.indent = indent
    }

    /// The JSON of `value` in UTF-8, without a newline at the end.
    public static func bytes(_ value: JSONValue, escapesHTML: Bool = true, indent: String? = nil) -> [UInt8] {
        var writer = JSONWriter(escapesHTML: escapesHTML, indent: indent)
        writer.write(value)
        return writer.output
    }

    /// The JSON of `value`, without a newline at the end.
    public static func text(_ value: JSONValue, escapesHTML: Bool = true, indent: String? = nil) -> String {
        String(decoding: bytes(value, escapesHTML: escapesHTML, indent: indent), as: UTF8.self)
    }

    private mutating func write(_ value: JSONValue) {
        switch value {
        case .null: append("null")
        case .bool(let flag): append(flag ? "true" : "false")
        case .number(let literal): append(literal)
        case .string(let text): writeString(text)
        case .array(let elements):
            writeList("[", elements, "]") { $0.write($1) }
        case .object(let members):
            writeList("{", members, "}") { writer, member in
                writer.writeString(member.name)
                writer.append(writer.indent == nil ? ":" : ": ")
                writer.write(member.value)
            }
        }
    }

    private mutating func writeList<Item>(
        _ open: String, _ items: [Item], _ close: String, _ writeItem: (inout JSONWriter, Item) -> Void
    ) {
        append(open)
        depth += 1
        for (index, item) in items.enumerated() {
            if index > 0 { append(",") }
            breakLine()
            writeItem(&self, item)
        }
        depth -= 1
        if !items.isEmpty { breakLine() }
        append(close)
    }

    private mutating func breakLine() {
        guard let indent else { return }
        output.append(UInt8(ascii: "\n"))
        for _ in 0..<depth { append(indent) }
    }

    private mutating func append(_ text: String) {
        output.append(contentsOf: text.utf8)
    }

    private mutating func writeString(_ text: String) {
        output.append(UInt8(ascii: "\""))
        if text.utf8.allSatisfy(isPlain) {
            append(text)
        } else {
            for scalar in text.unicodeScalars { write(scalar) }
        }
        output.append(UInt8(ascii: "\""))
    }

    private func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): false
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"): !escapesHTML
        default: 0x20..<0x80 ~= byte
        }
    }

    private mutating func write(_ scalar: UnicodeScalar) {
        switch scalar {
        case "\"": append("\\\"")
        case "\\": append("\\\\")
        case "\u{08}": append("\\b")
        case "\u{0C}": append("\\f")
        case "\n": append("\\n")
        case "\r": append("\\r")
        case "\t": append("\\t")
        case "\u{2028}", "\u{2029}": append("\\u" + GoQuote.hex(scalar.value, width: 4))
        case "<" where escapesHTML, ">" where escapesHTML, "&" where escapesHTML:
            append("\\u" + GoQuote.hex(scalar.value, width: 4))
        case _ where scalar.value < 0x20: append("\\u" + GoQuote.hex(scalar.value, width: 4))
        default: output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }
}
