// SPDX-License-Identifier: Apache-2.0

extension Unicode.Scalar {
    /// Go's `unicode.IsSpace`.
    var isGoSpace: Bool {
        properties.isWhitespace
    }

    /// Go's `unicode.IsLetter`.
    var isGoLetter: Bool {
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }

    /// Go's `unicode.IsDigit`.
    var isGoDigit: Bool {
        properties.generalCategory == .decimalNumber
    }

    /// What separates the arguments of an instruction.
    var isArgumentSpace: Bool {
        switch self {
        case " ", "\t", "\u{B}", "\u{C}", "\r": true
        default: false
        }
    }
}

extension String {
    /// Without Unicode's white space at both ends, as Go's `strings.TrimSpace`.
    var trimmingGoSpace: String {
        var scalars = unicodeScalars.drop(while: \.isGoSpace)
        while scalars.last?.isGoSpace == true { scalars.removeLast() }
        return String(Substring(scalars))
    }
}
