// SPDX-License-Identifier: Apache-2.0

/// Double-quoted Go string literals, as `%q` and `strconv.Quote` print them.
public enum GoQuote {
    public static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars { append(scalar, to: &result) }
        result += "\""
        return result
    }

    /// A single-quoted Go character literal, as `%q` prints a byte or rune.
    public static func quoted(_ scalar: UnicodeScalar) -> String {
        if scalar == "'" { return "'\\''" }
        if scalar == "\"" { return "'\"'" }
        return "'" + quoted(String(scalar)).dropFirst().dropLast() + "'"
    }

    /// The quoting of Go's `time` package: bytes outside printable ASCII become `\xNN`.
    static func timeQuoted(_ text: some Sequence<UInt8>) -> String {
        var result = "\""
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                result += "\\"
                result.unicodeScalars.append(UnicodeScalar(byte))
            case 0x20..<0x80: result.unicodeScalars.append(UnicodeScalar(byte))
            default: result += "\\x" + hex(UInt32(byte), width: 2)
            }
        }
        return result + "\""
    }

    private static func append(_ scalar: UnicodeScalar, to result: inout String) {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\u{07}": result += "\\a"
        case "\u{08}": result += "\\b"
        case "\u{0C}": result += "\\f"
        case "\n": result += "\\n"
        case "\r": result += "\\r"
        case "\t": result += "\\t"
        case "\u{0B}": result += "\\v"
        case _ where isPrintable(scalar): result.unicodeScalars.append(scalar)
        case _ where scalar.value < 0x80: result += "\\x" + hex(scalar.value, width: 2)
        case _ where scalar.value < 0x10000: result += "\\u" + hex(scalar.value, width: 4)
        default: result += "\\U" + hex(scalar.value, width: 8)
        }
    }

    /// Go's `unicode.IsPrint`: letters, marks, numbers, punctuation, symbols and the ASCII space.
    private static func isPrintable(_ scalar: UnicodeScalar) -> Bool {
        if scalar.isASCII { return 0x20..<0x7F ~= scalar.value }
        return switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned: false
        case .spaceSeparator, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }

    static func hex(_ value: UInt32, width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
