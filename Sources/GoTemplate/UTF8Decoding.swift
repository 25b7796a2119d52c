// SPDX-License-Identifier: Apache-2.0

/// Go's view of UTF-8 (package unicode/utf8): a byte that starts no valid sequence is one rune, U+FFFD of width 1.
enum UTF8Decoding {
    static let replacement: Unicode.Scalar = "\u{FFFD}"

    /// The rune at `index`, which must be inside `bytes`, its width, and whether the bytes were valid.
    static func decode(_ bytes: [UInt8], at index: Int) -> (rune: Unicode.Scalar, width: Int, isValid: Bool) {
        let first = bytes[index]
        if first < 0x80 { return (Unicode.Scalar(first), 1, true) }
        let width = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first <= 0xF4, index + width <= bytes.count else { return (replacement, 1, false) }
        var value = UInt32(first) & (0x7F >> UInt32(width))
        for offset in 1..<width {
            let byte = bytes[index + offset]
            guard byte & 0xC0 == 0x80 else { return (replacement, 1, false) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        let minimum: UInt32 = width == 2 ? 0x80 : width == 3 ? 0x800 : 0x1_0000
        guard value >= minimum, let rune = Unicode.Scalar(value) else { return (replacement, 1, false) }
        return (rune, width, true)
    }

    /// The number of runes in `bytes`.
    static func runeCount(_ bytes: [UInt8]) -> Int {
        var index = 0
        var count = 0
        while index < bytes.count {
            index += bytes[index] < 0x80 ? 1 : decode(bytes, at: index).width
            count += 1
        }
        return count
    }

    /// `bytes` cut to at most `limit` runes.
    static func prefix(_ bytes: [UInt8], runes limit: Int) -> [UInt8] {
        var index = 0
        var count = 0
        while index < bytes.count, count < limit {
            index += decode(bytes, at: index).width
            count += 1
        }
        return index == bytes.count ? bytes : Array(bytes[..<index])
    }
}
