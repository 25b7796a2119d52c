// SPDX-License-Identifier: Apache-2.0

/// The reading of `1h30m` and friends; unsigned arithmetic up to 2^63 so that the most negative duration parses too.
struct GoDurationParser {
    private static let limit: UInt64 = 1 << 63
    private let text: String
    private var rest: ArraySlice<UInt8>

    init(text: String) {
        self.text = text
        rest = Array(text.utf8)[...]
    }

    mutating func parse() throws(GoDurationError) -> Int64 {
        let negative = rest.first == UInt8(ascii: "-")
        if negative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        if rest.elementsEqual("0".utf8) { return 0 }
        if rest.isEmpty { throw .invalid(text) }
        var total: UInt64 = 0
        while !rest.isEmpty {
            let (sum, overflows) = total.addingReportingOverflow(try term())
            guard !overflows, sum <= Self.limit else { throw .invalid(text) }
            total = sum
        }
        if negative { return total == Self.limit ? .min : -Int64(total) }
        guard total < Self.limit else { throw .invalid(text) }
        return Int64(total)
    }

    /// One number with its unit, in nanoseconds.
    private mutating func term() throws(GoDurationError) -> UInt64 {
        let start = rest.startIndex
        guard var whole = leadingInteger() else { throw .invalid(text) }
        var digits = rest.startIndex - start
        var fraction: (value: UInt64, scale: Double) = (0, 1)
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            let before = rest.startIndex
            fraction = leadingFraction()
            digits += rest.startIndex - before
        }
        guard digits > 0 else { throw .invalid(text) }
        let unit = try unit()
        guard whole <= Self.limit / unit else { throw .invalid(text) }
        whole *= unit
        whole += UInt64(Double(fraction.value) * (Double(unit) / fraction.scale))
        guard whole <= Self.limit else { throw .invalid(text) }
        return whole
    }

    private mutating func leadingInteger() -> UInt64? {
        var value: UInt64 = 0
        while let digit = rest.first.flatMap(Self.digit) {
            guard value <= Self.limit / 10 else { return nil }
            value = value * 10 + digit
            guard value <= Self.limit else { return nil }
            rest.removeFirst()
        }
        return value
    }

    /// Digits beyond the precision of 64 bits are read and dropped.
    private mutating func leadingFraction() -> (value: UInt64, scale: Double) {
        var value: UInt64 = 0
        var scale = 1.0
        var isFull = false
        while let digit = rest.first.flatMap(Self.digit) {
            rest.removeFirst()
            isFull = isFull || value > (Self.limit - 1) / 10
            if isFull { continue }
            value = value * 10 + digit
            scale *= 10
        }
        return (value, scale)
    }

    private mutating func unit() throws(GoDurationError) -> UInt64 {
        let name = rest.prefix { $0 != UInt8(ascii: ".") && Self.digit($0) == nil }
        guard !name.isEmpty else { throw .missingUnit(text) }
        rest.removeFirst(name.count)
        switch String(decoding: name, as: UTF8.self) {
        case "ns": return 1
        case "us", "\u{B5}s", "\u{3BC}s": return 1_000
        case "ms": return 1_000_000
        case "s": return 1_000_000_000
        case "m": return 60_000_000_000
        case "h": return 3_600_000_000_000
        case let unknown: throw .unknownUnit(unknown, text: text)
        }
    }

    private static func digit(_ byte: UInt8) -> UInt64? {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte ? UInt64(byte - UInt8(ascii: "0")) : nil
    }
}
