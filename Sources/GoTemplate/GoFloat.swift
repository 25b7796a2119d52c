// SPDX-License-Identifier: Apache-2.0

/// Floating-point numbers as Go writes them (strconv.FormatFloat).
struct GoFloat {
    let value: Double
    /// Whether the number is a float32, which needs fewer digits to be told apart.
    let isSingle: Bool

    /// `format` is one of `bxXeEfgG`; `precision` nil means as many digits as needed to be exact.
    func text(_ format: UInt8, precision: Int?) -> [UInt8] {
        if value.isNaN { return Array("NaN".utf8) }
        if value.isInfinite { return Array((value < 0 ? "-Inf" : "+Inf").utf8) }
        switch format {
        case UInt8(ascii: "b"): return binary
        case UInt8(ascii: "x"), UInt8(ascii: "X"): return hexadecimal(format, precision: precision)
        default: return decimal(format, precision: precision)
        }
    }

    private var sign: [UInt8] { value.sign == .minus ? [UInt8(ascii: "-")] : [] }

    /// The significand as an integer and the power of two it is multiplied by.
    private var parts: (significand: UInt64, exponent: Int) {
        if isSingle {
            let single = Float(value)
            let raw = Int(single.exponentBitPattern)
            let fraction = UInt64(single.significandBitPattern)
            return raw == 0 ? (fraction, -149) : (fraction | 1 << 23, raw - 150)
        }
        let raw = Int(value.exponentBitPattern)
        return raw == 0
            ? (value.significandBitPattern, -1074) : (value.significandBitPattern | 1 << 52, raw - 1075)
    }

    private var binary: [UInt8] {
        let (significand, exponent) = parts
        return sign + Array("\(significand)p\(exponent >= 0 ? "+" : "")\(exponent)".utf8)
    }

    private func hexadecimal(_ format: UInt8, precision: Int?) -> [UInt8] {
        var (significand, exponent) = parts
        if significand == 0 { exponent = 0 } else { exponent += isSingle ? 23 : 52 }
        // The leading 1 goes to bit 60.
        significand <<= isSingle ? 37 : 8
        while significand != 0, significand & 1 << 60 == 0 {
            significand <<= 1
            exponent -= 1
        }
        if let precision, precision < 15 {
            let shift = UInt64(precision * 4)
            let rest = (significand << shift) & (1 << 60 - 1)
            significand >>= 60 - shift
            if rest | (significand & 1) > 1 << 59 { significand += 1 }
            significand <<= 60 - shift
            if significand & 1 << 61 != 0 {
                significand >>= 1
                exponent += 1
            }
        }
        let isUpper = format == UInt8(ascii: "X")
        let digits = Array((isUpper ? "0123456789ABCDEF" : "0123456789abcdef").utf8)
        var result = sign + [UInt8(ascii: "0"), format, UInt8(ascii: "0") + UInt8(significand >> 60 & 1)]
        significand <<= 4
        if significand != 0 && precision == nil || precision ?? 0 > 0 { result.append(UInt8(ascii: ".")) }
        var written = 0
        while precision.map({ written < $0 }) ?? (significand != 0) {
            result.append(digits[Int(significand >> 60 & 15)])
            significand <<= 4
            written += 1
        }
        return result + Self.exponent(exponent, letter: isUpper ? UInt8(ascii: "P") : UInt8(ascii: "p"))
    }

    private static func exponent(_ exponent: Int, letter: UInt8) -> [UInt8] {
        let magnitude = String(abs(exponent))
        let padding = magnitude.count < 2 ? "0" : ""
        return [letter] + Array((exponent < 0 ? "-" : "+").utf8) + Array((padding + magnitude).utf8)
    }

    private func decimal(_ format: UInt8, precision: Int?) -> [UInt8] {
        var digits: DecimalDigits
        var precision = precision
        if let wanted = precision {
            let (significand, exponent) = parts
            digits = DecimalDigits(significand: significand, exponent: exponent)
            switch format {
            case UInt8(ascii: "f"): digits.round(to: digits.point + wanted)
            case UInt8(ascii: "e"), UInt8(ascii: "E"): digits.round(to: wanted + 1)
            default:
                precision = max(wanted, 1)
                digits.round(to: max(wanted, 1))
            }
        } else {
            digits = DecimalDigits(
                shortest: isSingle ? Float(value).magnitude.description : value.magnitude.description)
        }
        switch format {
        case UInt8(ascii: "f"): return sign + digits.fixed(precision ?? max(digits.count - digits.point, 0))
        case UInt8(ascii: "e"), UInt8(ascii: "E"):
            return sign + digits.scientific(precision ?? max(digits.count - 1, 0), letter: format)
        default: return sign + general(digits, precision: precision, letter: format - 2)
        }
    }

    /// %g: scientific when the exponent is below -4 or not below the precision, which counts as 6 when shortest.
    private func general(_ digits: DecimalDigits, precision: Int?, letter: UInt8) -> [UInt8] {
        var wanted = precision ?? digits.count
        var threshold = wanted
        if threshold > digits.count, digits.count >= digits.point { threshold = digits.count }
        if precision == nil { threshold = 6 }
        let exponent = digits.point - 1
        if exponent < -4 || exponent >= threshold {
            return digits.scientific(min(wanted, digits.count) - 1, letter: letter)
        }
        if wanted > digits.point { wanted = digits.count }
        return digits.fixed(max(wanted - digits.point, 0))
    }
}
