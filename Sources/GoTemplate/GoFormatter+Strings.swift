// SPDX-License-Identifier: Apache-2.0

/// Strings and bytes.
extension GoFormatter {
    mutating func printString(_ bytes: [UInt8], _ verb: Unicode.Scalar, _ slot: Slot) {
        switch verb {
        case "v":
            if flags.sharpV { formatQuoted(bytes) } else { formatString(bytes) }
        case "s": formatString(bytes)
        case "x", "X": formatHex(bytes, isUpper: verb == "X")
        case "q": formatQuoted(bytes)
        default: reportBadVerb(verb, slot)
        }
    }

    mutating func formatString(_ bytes: [UInt8]) {
        pad(truncated(bytes))
    }

    /// The precision of a string is its length in runes.
    private func truncated(_ bytes: [UInt8]) -> [UInt8] {
        flags.precision.map { UTF8Decoding.prefix(bytes, runes: $0) } ?? bytes
    }

    private mutating func formatQuoted(_ bytes: [UInt8]) {
        let text = truncated(bytes)
        if flags.sharp, GoQuote.canBackquote(text) {
            pad(Array("`".utf8) + text + Array("`".utf8))
        } else {
            pad(GoQuote.quoted(text, asciiOnly: flags.plus).bytes)
        }
    }

    private mutating func formatHex(_ bytes: [UInt8], isUpper: Bool) {
        let length = min(bytes.count, flags.precision ?? bytes.count)
        let width = flags.width ?? 0
        guard length > 0 else { return writePadding(width) }
        let digits = Array((isUpper ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        let prefix = Array((isUpper ? "0X" : "0x").utf8)
        var text: [UInt8] = []
        text.reserveCapacity(length * 2)
        for (index, byte) in bytes.prefix(length).enumerated() {
            if flags.space, index > 0 { text.append(UInt8(ascii: " ")) }
            if flags.sharp, index == 0 || flags.space { text += prefix }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        if !flags.minus { writePadding(width - text.count) }
        write(text)
        if flags.minus { writePadding(width - text.count) }
    }
}
