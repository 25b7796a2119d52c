// SPDX-License-Identifier: Apache-2.0

/// Lower case as Go's `strings.ToLower` maps it: one scalar to one scalar.
enum GoLowercase {
    static func lowercased(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            result.append(lowercased(scalar))
        }
        return String(result)
    }

    static func changes(_ text: String) -> Bool {
        text.unicodeScalars.contains { lowercased($0) != $0 }
    }

    /// The full mapping of Unicode differs from the simple one for U+0130 alone, which has two scalars there.
    private static func lowercased(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII {
            return ASCII.isUpper(UInt8(scalar.value)) ? Unicode.Scalar(UInt8(scalar.value | 0x20)) : scalar
        }
        return scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
    }
}
