// SPDX-License-Identifier: Apache-2.0

/// The exact decimal digits of a number, without leading or trailing zeros: 0.d₁d₂d₃… × 10^point.
struct DecimalDigits {
    /// ASCII digits.
    private var digits: [UInt8]
    private(set) var point: Int

    var count: Int { digits.count }

    /// significand × 2^exponent, exactly.
    init(significand: UInt64, exponent: Int) {
        // Limbs of nine digits, the least first.
        var limbs: [UInt64] = [significand % 1_000_000_000, significand / 1_000_000_000 % 1_000_000_000]
        limbs.append(significand / 1_000_000_000_000_000_000)
        // x / 2^n is x * 5^n / 10^n.
        var rest = abs(exponent)
        let (base, chunk): (UInt64, Int) = exponent < 0 ? (5, 12) : (2, 28)
        while rest > 0 {
            let power = min(rest, chunk)
            var factor: UInt64 = 1
            for _ in 0..<power { factor *= base }
            var carry: UInt64 = 0
            for index in limbs.indices {
                let product = limbs[index] * factor + carry
                limbs[index] = product % 1_000_000_000
                carry = product / 1_000_000_000
            }
            if carry > 0 { limbs.append(carry) }
            rest -= power
        }
        digits = []
        for limb in limbs.reversed() {
            let text = Array(String(limb).utf8)
            digits += repeatElement(UInt8(ascii: "0"), count: 9 - text.count)
            digits += text
        }
        let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(zeros)
        point = digits.isEmpty ? 0 : digits.count + min(exponent, 0)
        trim()
    }

    /// The digits of a number that Swift has written with as few digits as identify it.
    init(shortest text: String) {
        digits = []
        point = 0
        var sawPoint = false
        var exponent = 0
        let halves = text.split(separator: "e")
        if halves.count == 2 { exponent = Int(halves[1]) ?? 0 }
        for byte in (halves.first ?? "").utf8 {
            if byte == UInt8(ascii: ".") {
                sawPoint = true
            } else {
                digits.append(byte)
                if !sawPoint { point += 1 }
            }
        }
        point += exponent
        let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(zeros)
        point -= zeros
        trim()
    }

    private mutating func trim() {
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        if digits.isEmpty { point = 0 }
    }

    /// Rounds to `count` digits, half to even.
    mutating func round(to count: Int) {
        guard count >= 0, count < digits.count else { return }
        let next = digits[count]
        let isHalf = next == UInt8(ascii: "5") && count + 1 == digits.count
        let roundsUp = isHalf ? count > 0 && digits[count - 1] % 2 == 1 : next >= UInt8(ascii: "5")
        digits.removeLast(digits.count - count)
        guard roundsUp else { return trim() }
        while let last = digits.popLast() {
            if last < UInt8(ascii: "9") {
                digits.append(last + 1)
                return
            }
        }
        digits = [UInt8(ascii: "1")]
        point += 1
    }

    /// %f with `precision` digits after the point.
    func fixed(_ precision: Int) -> [UInt8] {
        let zero = UInt8(ascii: "0")
        var result: [UInt8] = []
        if point > 0 {
            result += digits.prefix(point)
            result += repeatElement(zero, count: max(0, point - digits.count))
        } else {
            result.append(zero)
        }
        guard precision > 0 else { return result }
        result.append(UInt8(ascii: "."))
        let leading = min(max(-point, 0), precision)
        result += repeatElement(zero, count: leading)
        let shown = digits.dropFirst(max(point, 0)).prefix(precision - leading)
        result += shown
        result += repeatElement(zero, count: precision - leading - shown.count)
        return result
    }

    /// %e with `precision` digits after the point.
    func scientific(_ precision: Int, letter: UInt8) -> [UInt8] {
        var result = [digits.first ?? UInt8(ascii: "0")]
        if precision > 0 {
            result.append(UInt8(ascii: "."))
            let shown = digits.dropFirst().prefix(precision)
            result += shown
            result += repeatElement(UInt8(ascii: "0"), count: precision - shown.count)
        }
        let exponent = digits.isEmpty ? 0 : point - 1
        let magnitude = String(abs(exponent))
        result.append(letter)
        result += (exponent < 0 ? "-" : "+").utf8
        if magnitude.count < 2 { result.append(UInt8(ascii: "0")) }
        return result + Array(magnitude.utf8)
    }
}
