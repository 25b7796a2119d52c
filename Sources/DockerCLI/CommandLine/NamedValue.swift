// SPDX-License-Identifier: Apache-2.0

/// A `name=value` pair from the command line.
struct NamedValue: Hashable, Sendable {
    var name: String
    var value: String

    init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// Splits at the first `=`; nil when there is none.
    init?(_ text: String) {
        let bytes = text.utf8
        guard let mark = bytes.firstIndex(of: UInt8(ascii: "=")) else { return nil }
        name = String(text[..<mark])
        value = String(text[bytes.index(after: mark)...])
    }
}

extension String {
    /// Without white space at both ends, as Go's `strings.TrimSpace`.
    func trimmed() -> String {
        let scalars = unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}
