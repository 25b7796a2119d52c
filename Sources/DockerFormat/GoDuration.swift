// SPDX-License-Identifier: Apache-2.0

/// A span of time in nanoseconds with the text forms of Go's `time.Duration`: `1h30m`, `1.5s`, `300ms`.
public struct GoDuration: Hashable, Comparable, Sendable {
    public var nanoseconds: Int64

    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The longest duration there is, 292 years, for more.
    public static func seconds(_ count: Int64) -> GoDuration {
        let (nanoseconds, overflows) = count.multipliedReportingOverflow(by: 1_000_000_000)
        return GoDuration(nanoseconds: overflows ? (count < 0 ? .min : .max) : nanoseconds)
    }

    public static func < (left: GoDuration, right: GoDuration) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// `time.ParseDuration`: a sign, then numbers each with a unit of `ns us µs ms s m h`; `0` needs no unit.
    public init(_ text: String) throws(GoDurationError) {
        var parser = GoDurationParser(text: text)
        nanoseconds = try parser.parse()
    }
}

extension GoDuration: CustomStringConvertible {
    /// Go's form: no leading zero units, at least seconds above one second (`1h0m0s`), `0s` for zero.
    public var description: String {
        if nanoseconds == 0 { return "0s" }
        let magnitude = nanoseconds.magnitude
        let sign = nanoseconds < 0 ? "-" : ""
        switch magnitude {
        case ..<1_000: return "\(sign)\(magnitude)ns"
        case ..<1_000_000: return sign + Self.decimal(magnitude, unit: 1_000) + "µs"
        case ..<1_000_000_000: return sign + Self.decimal(magnitude, unit: 1_000_000) + "ms"
        default: break
        }
        let minutes = magnitude / 60_000_000_000
        var text = Self.decimal(magnitude % 60_000_000_000, unit: 1_000_000_000) + "s"
        if minutes > 0 { text = "\(minutes % 60)m" + text }
        if minutes >= 60 { text = "\(minutes / 60)h" + text }
        return sign + text
    }

    private static func decimal(_ value: UInt64, unit: UInt64) -> String {
        let fraction = value % unit
        if fraction == 0 { return "\(value / unit)" }
        // unit is a power of ten: the remainder over it, less trailing zeros, is the decimal fraction.
        var digits = "\(unit + fraction)".dropFirst()
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(value / unit).\(digits)"
    }
}
