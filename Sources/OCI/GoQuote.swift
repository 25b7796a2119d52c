// SPDX-License-Identifier: Apache-2.0

/// A string as Go's `%q` writes it.
package enum GoQuote {
    package static func quote(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            result += escaped(scalar)
        }
        return result + "\""
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x22: return "\\\""
        case 0x5C: return "\\\\"
        case 0x07: return "\\a"
        case 0x08: return "\\b"
        case 0x0C: return "\\f"
        case 0x0A: return "\\n"
        case 0x0D: return "\\r"
        case 0x09: return "\\t"
        case 0x0B: return "\\v"
        case 0x20...0x7E: return String(scalar)
        case 0...0xFF where scalar.isASCII: return "\\x" + padded(scalar.value, 2)
        default:
            if isPrintable(scalar) { return String(scalar) }
            return scalar.value <= 0xFFFF ? "\\u" + padded(scalar.value, 4) : "\\U" + padded(scalar.value, 8)
        }
    }

    /// Letters, marks, numbers, punctuation and symbols, as Go's `strconv.IsPrint`.
    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            false
        default: true
        }
    }

    private static func padded(_ value: UInt32, _ width: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
