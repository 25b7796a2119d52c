// SPDX-License-Identifier: Apache-2.0

/// How many terminal columns text takes, by Unicode's East Asian Width (UAX #11).
public enum DisplayWidth {
    /// The columns of `text`: a grapheme cluster counts as its first scalar that has a width, so combining marks,
    /// variation selectors and the tail of a joined emoji add nothing. Control characters count 0. Docker aligns tables
    /// by this.
    public static func columns(of text: String) -> Int {
        var text = text
        if let columns = text.withUTF8({ bytes in bytes.allSatisfy(isPlain) ? bytes.count : nil }) { return columns }
        return text.reduce(0) { $0 + columns(of: $1) }
    }

    /// `columns(of:)` of UTF-8; most cells are ASCII and never become a string.
    static func columns(ofUTF8 bytes: ArraySlice<UInt8>) -> Int {
        if bytes.allSatisfy(isPlain) { return bytes.count }
        return columns(of: GoText.decode(Array(bytes)))
    }

    private static func isPlain(_ byte: UInt8) -> Bool { 0x20..<0x7F ~= byte }

    static func columns(of character: Character) -> Int {
        for scalar in character.unicodeScalars {
            let width = columns(of: scalar)
            if width > 0 { return width }
        }
        return 0
    }

    /// 0, 1 or 2; characters of ambiguous width count 1.
    static func columns(of scalar: UnicodeScalar) -> Int {
        let value = scalar.value
        switch value {
        case ..<0x20, 0x7F...0x9F, 0xAD: return 0
        case ..<0x300: return 1
        default: break
        }
        if DisplayWidthTable.contains(value, in: DisplayWidthTable.zero) { return 0 }
        return isWide(scalar) ? 2 : 1
    }

    static func isWide(_ scalar: UnicodeScalar) -> Bool {
        scalar.value >= 0x1100 && DisplayWidthTable.contains(scalar.value, in: DisplayWidthTable.wide)
    }
}
