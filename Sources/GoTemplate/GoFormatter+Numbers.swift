// SPDX-License-Identifier: Apache-2.0

/// Integers and floating-point numbers.
extension GoFormatter {
    private static let lowerDigits = Array("0123456789abcdefx".utf8)
    private static let upperDigits = Array("0123456789ABCDEFX".utf8)

    mutating func printInteger(_ value: UInt64, isSigned: Bool, _ verb: Unicode.Scalar, _ slot: Slot) {
        switch verb {
        case "v" where flags.sharpV && !isSigned: formatHex(value, leading0x: true)
        case "v", "d": formatInteger(value, base: 10, isSigned: isSigned, verb)
        case "b": formatInteger(value, base: 2, isSigned: isSigned, verb)
        case "o", "O": formatInteger(value, base: 8, isSigned: isSigned, verb)
        case "x", "X": formatInteger(value, base: 16, isSigned: isSigned, verb)
        case "c": pad(Self.rune(value).utf8)
        case "q": pad(GoQuote.quoted(Self.rune(value), asciiOnly: flags.plus))
        case "U": formatUnicode(value)
        default: reportBadVerb(verb, slot)
        }
    }

    private static func rune(_ value: UInt64) -> Unicode.Scalar {
        UInt32(exactly: value).flatMap { Unicode.Scalar($0) } ?? UTF8Decoding.replacement
    }

    mutating func formatHex(_ value: UInt64, leading0x: Bool) {
        let sharp = flags.sharp
        flags.sharp = leading0x
        formatInteger(value, base: 16, isSigned: false, "v")
        flags.sharp = sharp
    }

    private mutating func formatInteger(_ value: UInt64, base: UInt64, isSigned: Bool, _ verb: Unicode.Scalar) {
        let isNegative = isSigned && Int64(bitPattern: value) < 0
        var rest = isNegative ? 0 &- value : value
        if flags.precision == 0, rest == 0 { return writeSpaces(flags.width ?? 0) }
        let digits = verb == "X" ? Self.upperDigits : Self.lowerDigits
        // The text is built from its end.
        var text: [UInt8] = []
        repeat {
            text.append(digits[Int(rest % base)])
            rest /= base
        } while rest > 0
        var minimum = flags.precision ?? 0
        if flags.precision == nil, flags.zero, let width = flags.width {
            minimum = width - (isNegative || flags.plus || flags.space ? 1 : 0)
        }
        if minimum > text.count { text += repeatElement(UInt8(ascii: "0"), count: minimum - text.count) }
        if flags.sharp {
            switch base {
            case 2: text += [UInt8(ascii: "b"), UInt8(ascii: "0")]
            case 8: if text.last != UInt8(ascii: "0") { text.append(UInt8(ascii: "0")) }
            case 16: text += [digits[16], UInt8(ascii: "0")]
            default: break
            }
        }
        if verb == "O" { text += [UInt8(ascii: "o"), UInt8(ascii: "0")] }
        if isNegative {
            text.append(UInt8(ascii: "-"))
        } else if flags.plus {
            text.append(UInt8(ascii: "+"))
        } else if flags.space {
            text.append(UInt8(ascii: " "))
        }
        padWithSpaces(text.reversed())
    }

    /// `U+0078`, or with the sharp flag `U+0078 'x'`.
    private mutating func formatUnicode(_ value: UInt64) {
        let digits = Array(String(value, radix: 16, uppercase: true).utf8)
        let count = max(4, flags.precision ?? 4)
        var text = Array("U+".utf8) + repeatElement(UInt8(ascii: "0"), count: max(0, count - digits.count)) + digits
        if flags.sharp, let code = UInt32(exactly: value), let rune = Unicode.Scalar(code),
            RuneClass.isPrintable(rune)
        {
            text += Array(" '".utf8) + rune.utf8 + Array("'".utf8)
        }
        padWithSpaces(text)
    }

    mutating func printFloat(_ number: GoFloat, _ verb: Unicode.Scalar, _ slot: Slot) {
        switch verb {
        case "v": formatFloat(number, UInt8(ascii: "g"), precision: nil)
        case "b", "g", "G", "x", "X":
            formatFloat(number, UInt8(truncatingIfNeeded: verb.value), precision: nil)
        case "f", "e", "E": formatFloat(number, UInt8(truncatingIfNeeded: verb.value), precision: 6)
        case "F": formatFloat(number, UInt8(ascii: "f"), precision: 6)
        default: reportBadVerb(verb, slot)
        }
    }

    mutating func printComplex(_ slot: Slot, _ verb: Unicode.Scalar) {
        guard "vbgGxXfFeE".unicodeScalars.contains(verb) else { return reportBadVerb(verb, slot) }
        let (real, imaginary) = slot.complexValue
        let isSingle = slot.type.underlying == .complex64
        let plus = flags.plus
        write("(")
        printFloat(GoFloat(value: real, isSingle: isSingle), verb, slot)
        // The imaginary part always has a sign.
        flags.plus = true
        printFloat(GoFloat(value: imaginary, isSingle: isSingle), verb, slot)
        write("i)")
        flags.plus = plus
    }

    private mutating func formatFloat(_ number: GoFloat, _ format: UInt8, precision: Int?) {
        let precision = flags.precision ?? precision
        var text = number.text(format, precision: precision)
        if text.first != UInt8(ascii: "-"), text.first != UInt8(ascii: "+") { text.insert(UInt8(ascii: "+"), at: 0) }
        if flags.space, text[0] == UInt8(ascii: "+"), !flags.plus { text[0] = UInt8(ascii: " ") }
        if !number.value.isFinite {
            // Infinities and NaN are not padded with zeros, and NaN has no sign unless asked for.
            if number.value.isNaN, !flags.space, !flags.plus { text.removeFirst() }
            return padWithSpaces(text)
        }
        if flags.sharp, format != UInt8(ascii: "b") { restorePoint(in: &text, format, precision: precision) }
        guard flags.plus || text[0] != UInt8(ascii: "+") else {
            text.removeFirst()
            return pad(text)
        }
        // Zeros go between the sign and the digits.
        if flags.zero, let width = flags.width, width > text.count {
            write([text[0]])
            writePadding(width - text.count)
            write(Array(text.dropFirst()))
        } else {
            pad(text)
        }
    }

    /// The sharp flag forces a decimal point and keeps trailing zeros.
    private func restorePoint(in text: inout [UInt8], _ format: UInt8, precision: Int?) {
        let isHex = format | 0x20 == UInt8(ascii: "x")
        var wanted = 0
        if format | 0x20 == UInt8(ascii: "g") || format == UInt8(ascii: "x") { wanted = precision ?? 6 }
        let exponents: [UInt8] = isHex ? Array("pP".utf8) : Array("eEpP".utf8)
        let end = text.firstIndex { exponents.contains($0) } ?? text.count
        let tail = Array(text[end...])
        text.removeLast(text.count - end)
        var sawNonzero = false
        for byte in text.dropFirst() where byte != UInt8(ascii: ".") {
            if byte != UInt8(ascii: "0") { sawNonzero = true }
            if sawNonzero { wanted -= 1 }
        }
        if !text.contains(UInt8(ascii: ".")) {
            if text.count == 2, text[1] == UInt8(ascii: "0") { wanted -= 1 }
            text.append(UInt8(ascii: "."))
        }
        if wanted > 0 { text += repeatElement(UInt8(ascii: "0"), count: wanted) }
        text += tail
    }
}
