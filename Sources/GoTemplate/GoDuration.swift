// SPDX-License-Identifier: Apache-2.0

/// The text of Go's time.Duration: `1h0m30s`, `1.5ms`, `0s`.
enum GoDuration {
    /// The result of a method of time.Duration without parameters.
    static func method(_ name: String, nanoseconds: Int64) -> TemplateValue? {
        switch name {
        case "String": .string(text(nanoseconds: nanoseconds))
        case "Nanoseconds": .int64(nanoseconds)
        case "Microseconds": .int64(nanoseconds / 1_000)
        case "Milliseconds": .int64(nanoseconds / 1_000_000)
        case "Seconds": .float(fraction(nanoseconds, of: 1_000_000_000))
        case "Minutes": .float(fraction(nanoseconds, of: 60_000_000_000))
        case "Hours": .float(fraction(nanoseconds, of: 3_600_000_000_000))
        case "Abs": .duration(nanoseconds: nanoseconds == .min ? .max : abs(nanoseconds))
        default: nil
        }
    }

    /// Whole units and the rest are added, as Go does, for the same rounding.
    private static func fraction(_ nanoseconds: Int64, of unit: Int64) -> Double {
        Double(nanoseconds / unit) + Double(nanoseconds % unit) / Double(unit)
    }

    static func text(nanoseconds: Int64) -> String {
        let magnitude = nanoseconds.magnitude
        let sign = nanoseconds < 0 ? "-" : ""
        if magnitude == 0 { return "0s" }
        if magnitude < 1_000 { return sign + "\(magnitude)ns" }
        if magnitude < 1_000_000 { return sign + decimal(magnitude, digits: 3) + "µs" }
        if magnitude < 1_000_000_000 { return sign + decimal(magnitude, digits: 6) + "ms" }
        let minutes = magnitude / 60_000_000_000
        var text = decimal(magnitude % 60_000_000_000, digits: 9) + "s"
        if minutes > 0 { text = "\(minutes % 60)m" + text }
        if minutes >= 60 { text = "\(minutes / 60)h" + text }
        return sign + text
    }

    /// `value` divided by 10 to the power of `digits`, without trailing zeros.
    private static func decimal(_ value: UInt64, digits: Int) -> String {
        let scale = (0..<digits).reduce(UInt64(1)) { power, _ in power * 10 }
        let whole = String(value / scale)
        var fraction = String(value % scale)
        fraction = String(repeating: "0", count: digits - fraction.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return fraction.isEmpty ? whole : whole + "." + fraction
    }
}
