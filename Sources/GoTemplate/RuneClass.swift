// SPDX-License-Identifier: Apache-2.0

/// The character classes of Go's packages unicode and strconv that templates need.
enum RuneClass {
    static func isLetter(_ rune: Unicode.Scalar) -> Bool {
        if rune.isASCII {
            return (rune.value | 0x20) >= 0x61 && (rune.value | 0x20) <= 0x7A
        }
        switch rune.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
        default: return false
        }
    }

    static func isDigit(_ rune: Unicode.Scalar) -> Bool {
        if rune.isASCII { return rune.value >= 0x30 && rune.value <= 0x39 }
        return rune.properties.generalCategory == .decimalNumber
    }

    /// A character of an identifier in an action.
    static func isAlphaNumeric(_ rune: Unicode.Scalar) -> Bool {
        rune == "_" || isLetter(rune) || isDigit(rune)
    }

    /// Letters, marks, numbers, punctuation, symbols and the ASCII space (strconv.IsPrint).
    static func isPrintable(_ rune: Unicode.Scalar) -> Bool {
        if rune.isASCII { return rune.value >= 0x20 && rune.value < 0x7F }
        switch rune.properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
            .spaceSeparator:
            return false
        default:
            return true
        }
    }

    static func isSpace(_ rune: Unicode.Scalar) -> Bool {
        rune.properties.isWhitespace
    }
}
