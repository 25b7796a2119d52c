// SPDX-License-Identifier: Apache-2.0

/// Go's case mapping: rune by rune, one rune for one (package unicode), unlike Swift's full mapping, which makes SS
/// of ß.
enum CaseMapping {
    static func upper(_ rune: Unicode.Scalar) -> Unicode.Scalar {
        if rune.isASCII { return (0x61...0x7A).contains(rune.value) ? Unicode.Scalar(UInt8(rune.value - 0x20)) : rune }
        if let single = single(rune.properties.uppercaseMapping, of: rune) { return single }
        // Where the full mapping has several runes the simple one, if any, is the title case: ᾳ becomes ᾼ.
        return single(rune.properties.titlecaseMapping, of: rune) ?? rune
    }

    static func lower(_ rune: Unicode.Scalar) -> Unicode.Scalar {
        if rune.isASCII { return (0x41...0x5A).contains(rune.value) ? Unicode.Scalar(UInt8(rune.value + 0x20)) : rune }
        // İ is the only rune with a lower case of several.
        return rune == "\u{130}" ? "i" : single(rune.properties.lowercaseMapping, of: rune) ?? rune
    }

    static func title(_ rune: Unicode.Scalar) -> Unicode.Scalar {
        rune.isASCII ? upper(rune) : single(rune.properties.titlecaseMapping, of: rune) ?? rune
    }

    /// The mapping of `rune` if it is one rune, and Go knows both.
    private static func single(_ mapping: String, of rune: Unicode.Scalar) -> Unicode.Scalar? {
        let scalars = mapping.unicodeScalars
        guard scalars.count == 1, let mapped = scalars.first else { return nil }
        return RuneClass.isAssigned(rune) && RuneClass.isAssigned(mapped) ? mapped : nil
    }

    /// Maps each rune; bytes that are not UTF-8 become U+FFFD, as in strings.Map.
    static func map(_ bytes: [UInt8], _ transform: (Unicode.Scalar) -> Unicode.Scalar) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let (rune, width, _) = UTF8Decoding.decode(bytes, at: index)
            let mapped = transform(rune)
            if mapped.isASCII { result.append(UInt8(mapped.value)) } else { result += mapped.utf8 }
            index += width
        }
        return result
    }

    /// strings.Title: the first letter of each word, where anything but letters, digits and `_` parts words in ASCII
    /// and only space does beyond it.
    static func titleWords(_ bytes: [UInt8]) -> [UInt8] {
        var previous: Unicode.Scalar = " "
        return map(bytes) { rune in
            let startsWord = isSeparator(previous)
            previous = rune
            return startsWord ? title(rune) : rune
        }
    }

    private static func isSeparator(_ rune: Unicode.Scalar) -> Bool {
        if RuneClass.isAlphaNumeric(rune) { return false }
        return rune.isASCII || RuneClass.isSpace(rune)
    }
}
