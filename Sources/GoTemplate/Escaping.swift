// SPDX-License-Identifier: Apache-2.0

/// The builtins html, js and urlquery.
enum Escaping {
    static func html(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes {
            switch byte {
            case 0: result += "\u{FFFD}".utf8
            case UInt8(ascii: "\""): result += "&#34;".utf8
            case UInt8(ascii: "'"): result += "&#39;".utf8
            case UInt8(ascii: "&"): result += "&amp;".utf8
            case UInt8(ascii: "<"): result += "&lt;".utf8
            case UInt8(ascii: ">"): result += "&gt;".utf8
            default: result.append(byte)
            }
        }
        return result
    }

    static func javaScript(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let (rune, width, _) = UTF8Decoding.decode(bytes, at: index)
            switch byte {
            case UInt8(ascii: "\\"): result += #"\\"#.utf8
            case UInt8(ascii: "'"): result += #"\'"#.utf8
            case UInt8(ascii: "\""): result += #"\""#.utf8
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "="), 0..<0x20:
                appendUnicode(rune, to: &result)
            case 0x80...:
                // What is printable stays as it is, even a byte that stands for U+FFFD.
                if RuneClass.isPrintable(rune) {
                    result += bytes[index..<(index + width)]
                } else {
                    appendUnicode(rune, to: &result)
                }
            default: result.append(byte)
            }
            index += width
        }
        return result
    }

    /// `\u003C`
    private static func appendUnicode(_ rune: Unicode.Scalar, to result: inout [UInt8]) {
        let digits = String(rune.value, radix: 16, uppercase: true)
        result += "\\u".utf8
        result += repeatElement(UInt8(ascii: "0"), count: max(0, 4 - digits.utf8.count))
        result += digits.utf8
    }

    /// url.QueryEscape
    static func urlQuery(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
                UInt8(ascii: "~"):
                result.append(byte)
            case UInt8(ascii: " "): result.append(UInt8(ascii: "+"))
            default: result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return result
    }
}
