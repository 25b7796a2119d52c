// SPDX-License-Identifier: Apache-2.0

/// Text from registries, images and files made safe to print on a terminal.
public enum TerminalText {
    /// `text` with every character that could steer a terminal or disguise what is shown written out: C0 and C1
    /// controls and DEL as `\x1b`, bidirectional overrides and isolates and line separators as `\u202e`. Escape
    /// sequences (CSI, OSC…) begin with one of these, so none survives.
    /// - Parameter keepingLineBreaks: leave newlines and tabs as they are.
    public static func escaped(_ text: String, keepingLineBreaks: Bool = false) -> String {
        var text = text
        // Most text is printable ASCII: don't copy it.
        if text.withUTF8({ bytes in bytes.allSatisfy { 0x20..<0x7F ~= $0 } }) { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if keepingLineBreaks, scalar == "\n" || scalar == "\t" {
                result.unicodeScalars.append(scalar)
            } else if scalar.value < 0xA0, scalar.properties.generalCategory == .control {
                result += "\\x" + GoQuote.hex(scalar.value, width: 2)
            } else if isDeceptive(scalar) {
                result += "\\u" + GoQuote.hex(scalar.value, width: 4)
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isDeceptive(_ scalar: UnicodeScalar) -> Bool {
        switch scalar.value {
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
