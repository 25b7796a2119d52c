// SPDX-License-Identifier: Apache-2.0

/// The text of Go's time.Duration: `1h0m30s`, `1.5ms`, `0s`.
enum GoDuration {
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
