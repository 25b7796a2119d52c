// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Floating point text as Go's `strconv` and `fmt` read and print it.
public enum GoFloat {
    /// `fmt.Sprintf("%.*g", digits, value)`: at most `digits` significant digits, no trailing zeros, an exponent of at
    /// least two digits below 1e-4 or when the integer part needs more than `digits` digits (999.6 with 3 → `1e+03`).
    public static func general(_ value: Double, digits: Int) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        // C and Go agree on every finite %g, and libc rounds decimals exactly.
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer in
            let precision = Int32(clamping: min(max(digits, 0), 400))
            let count = withVaList([precision, value]) { vsnprintf(buffer.baseAddress, buffer.count, "%.*g", $0) }
            return String(decoding: buffer.prefix(Int(max(count, 0))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    /// The number as `encoding/json` prints it: shortest digits that read back the same, `%f` between 1e-6 and 1e21,
    /// else `e-7`, `e+21`. Nil for NaN and infinities, which JSON cannot hold.
    public static func json(_ value: Double) -> String? {
        guard value.isFinite else { return nil }
        if value == 0 { return value.sign == .minus ? "-0" : "0" }
        let (digits, point) = shortestDigits(value.magnitude)
        let sign = value < 0 ? "-" : ""
        if value.magnitude < 1e-6 || value.magnitude >= 1e21 {
            let fraction = digits.count > 1 ? "." + digits.dropFirst() : ""
            let exponent = point - 1
            return "\(sign)\(digits.prefix(1))\(fraction)e\(exponent < 0 ? "-" : "+")\(abs(exponent))"
        }
        if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
        if point >= digits.count { return sign + digits + String(repeating: "0", count: point - digits.count) }
        return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    }

    /// `strconv.ParseFloat(text, 64)`: decimal and hexadecimal (with a `p` exponent) literals, underscores between
    /// digits, `inf`, `infinity` and `nan` in any case.
    /// - Throws: `NumberError` when the text is no number or does not fit.
    public static func parse(_ text: String) throws(NumberError) -> Double {
        let bytes = Array(text.utf8)
        if let special = parseSpecial(bytes) { return special }
        guard GoFloatGrammar.accepts(bytes) else {
            throw NumberError(function: "ParseFloat", text: text, reason: .syntax)
        }
        let digits = String(decoding: bytes.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
        guard let value = Double(digits) else {
            throw NumberError(function: "ParseFloat", text: text, reason: .syntax)
        }
        guard value.isFinite else { throw NumberError(function: "ParseFloat", text: text, reason: .range) }
        return value
    }

    private static func parseSpecial(_ bytes: [UInt8]) -> Double? {
        var word = bytes[...]
        let sign: Double = word.first == UInt8(ascii: "-") ? -1 : 1
        let signed = word.first == UInt8(ascii: "-") || word.first == UInt8(ascii: "+")
        if signed { word.removeFirst() }
        switch String(decoding: word, as: UTF8.self).lowercased() {
        case "inf", "infinity": return sign * .infinity
        case "nan" where !signed: return .nan
        default: return nil
        }
    }

    /// The shortest decimal digits of a positive finite number and the position of the decimal point among them.
    private static func shortestDigits(_ value: Double) -> (digits: String, point: Int) {
        // Swift's description holds the same shortest digits as Go's; only their layout differs.
        let text = value.description
        let parts = text.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        var digits = Array((mantissa[0] + (mantissa.count > 1 ? mantissa[1] : "")).utf8)
        var point = mantissa[0].utf8.count + exponent
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        while digits.count > 1, digits.first == UInt8(ascii: "0") {
            digits.removeFirst()
            point -= 1
        }
        return (String(decoding: digits, as: UTF8.self), point)
    }
}
