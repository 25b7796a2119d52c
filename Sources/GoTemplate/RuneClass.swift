// SPDX-License-Identifier: Apache-2.0

/// The character classes of Go's packages unicode and strconv that templates need.
enum RuneClass {
    /// The Unicode version of Go 1.24, with which docker 28 is built; Swift may know a newer one.
    private static let unicodeVersion = 15

    /// Whether Go knows the character; to it all others are unassigned.
    static func isAssigned(_ rune: Unicode.Scalar) -> Bool {
        guard !rune.isASCII else { return true }
        guard let age = rune.properties.age else { return false }
        return age.major < unicodeVersion || age.major == unicodeVersion && age.minor == 0
    }

    static func isLetter(_ rune: Unicode.Scalar) -> Bool {
        if rune.isASCII {
            return (rune.value | 0x20) >= 0x61 && (rune.value | 0x20) <= 0x7A
        }
        switch rune.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
            return isAssigned(rune)
        default: return false
        }
    }

    static func isDigit(_ rune: Unicode.Scalar) -> Bool {
        if rune.isASCII { return rune.value >= 0x30 && rune.value <= 0x39 }
        return rune.properties.generalCategory == .decimalNumber && isAssigned(rune)
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
            return isAssigned(rune)
        }
    }

    static func isSpace(_ rune: Unicode.Scalar) -> Bool {
        rune.properties.isWhitespace
    }
}
