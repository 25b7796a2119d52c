// SPDX-License-Identifier: Apache-2.0

extension Timestamp {
    /// How many digits of the second's fraction to print.
    public enum Fraction: Sendable {
        /// None: Go's `time.RFC3339`.
        case none
        /// As many as needed: Go's `time.RFC3339Nano`.
        case asNeeded
    }

    /// `2026-11-24T13:51:35.123Z`, or with the zone's offset (`+02:00`).
    public func rfc3339(in zone: Zone = .utc, fraction: Fraction = .none) -> String {
        rfc3339(offset: zone.offset(at: unixSeconds).seconds, fraction: fraction)
    }

    /// RFC 3339 with an offset in seconds east of UTC.
    public func rfc3339(offset: Int, fraction: Fraction = .none) -> String {
        let time = CivilTime(unixSeconds: unixSeconds + Int64(offset))
        let second = fraction == .none ? "" : fractionText
        return "\(time.date)T\(time.clock)\(second)\(offset == 0 ? "Z" : Self.offsetText(offset, separator: ":"))"
    }

    /// Go's `time.Time.String()`: `2026-11-24 13:51:35.5 +0000 UTC`, the form of docker's `CreatedAt`.
    public func goString(in zone: Zone) -> String {
        let offset = zone.offset(at: unixSeconds)
        let time = CivilTime(unixSeconds: unixSeconds + Int64(offset.seconds))
        let offsetText = Self.offsetText(offset.seconds, separator: "")
        return "\(time.date) \(time.clock)\(fractionText) \(offsetText) \(offset.abbreviation)"
    }

    /// `.` and the fraction without trailing zeros; empty on the whole second.
    private var fractionText: String {
        if nanosecond == 0 { return "" }
        var digits = "\(1_000_000_000 + Int64(nanosecond))".dropFirst()
        while digits.hasSuffix("0") { digits.removeLast() }
        return "." + digits
    }

    static func offsetText(_ seconds: Int, separator: String) -> String {
        let minutes = abs(seconds) / 60
        let sign = seconds < 0 ? "-" : "+"
        return sign + CivilTime.padded(minutes / 60, width: 2) + separator + CivilTime.padded(minutes % 60, width: 2)
    }

    /// Reads RFC 3339 with any number of fraction digits (beyond nanoseconds they are dropped).
    /// - Returns: the instant, and the offset it was written with in seconds east of UTC.
    /// - Throws: `TimeError` with the text of Go's `time.Parse`.
    public static func parse(rfc3339 text: String) throws(TimeError) -> (time: Timestamp, offset: Int) {
        try TimeLayout.rfc3339Nano.parse(text, zone: .utc)
    }

    /// The instant an RFC 3339 text names.
    public init(rfc3339 text: String) throws(TimeError) {
        self = try Self.parse(rfc3339: text).time
    }
}
