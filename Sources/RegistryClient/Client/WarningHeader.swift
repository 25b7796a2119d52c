// SPDX-License-Identifier: Apache-2.0

/// `Warning: 299 - "text"`: the only form the distribution spec lets clients show.
enum WarningHeader {
    private static let prefix = "299 - \""
    private static let maximumLength = 4096

    static func text(_ value: String) -> String? {
        guard value.utf8.count <= maximumLength, value.hasPrefix(prefix), value.hasSuffix("\"") else { return nil }
        let quoted = value.dropFirst(prefix.count)
        guard !quoted.isEmpty else { return nil }
        var text: [UInt8] = []
        var isEscaped = false
        for byte in quoted.dropLast().utf8 {
            if byte == UInt8(ascii: "\\"), !isEscaped {
                isEscaped = true
                continue
            }
            // An unescaped quote ends the text; a date may follow, which says nothing.
            if byte == UInt8(ascii: "\""), !isEscaped { break }
            isEscaped = false
            text.append(byte)
        }
        return text.isEmpty ? nil : ErrorResponse.printable(text)
    }
}
