// SPDX-License-Identifier: Apache-2.0

/// The times docker takes in `--filter until=…` and `--since`.
public enum FilterTime {
    /// Reads a Go duration (`10m`, `1h30m`: that long before `now`), RFC 3339 with parts left out (`2026-11-24`,
    /// `2026-11-24T13:51`, with or without zone), or Unix seconds with an optional fraction (`1795528999.5`).
    /// - Parameters:
    ///   - now: the instant durations count back from.
    ///   - zone: the zone of times written without one; as in docker, its offset at `now` is used.
    /// - Throws: `TimeError` with docker's text.
    public static func parse(_ text: String, now: Timestamp, zone: Zone) throws(TimeError) -> Timestamp {
        if text != "0", let duration = try? GoDuration(text) {
            return Timestamp(unixSeconds: now.subtracting(duration).unixSeconds)
        }
        let hasUTCMark = text.utf8.contains { $0 == UInt8(ascii: "z") || $0 == UInt8(ascii: "Z") }
        let hasZone = hasUTCMark || text.utf8.contains(UInt8(ascii: "+")) || count("-", in: text) == 3
        let local = layout(for: text, hasOffset: hasZone && !hasUTCMark)
        let layout = hasZone ? local.withZone : local
        do {
            return try layout.parse(text, zone: .fixed(zone.offset(at: now.unixSeconds))).time
        } catch {
            if text.utf8.contains(UInt8(ascii: "-")) { throw error }
            return try unixTime(text)
        }
    }

    private static func layout(for text: String, hasOffset: Bool) -> TimeLayout {
        if text.utf8.contains(UInt8(ascii: ".")) { return .toFraction }
        guard text.utf8.contains(UInt8(ascii: "T")) else { return .date }
        // The colon of a zone's offset is not one of the time's.
        let colons = count(":", in: text)
        switch hasOffset && colons > 0 ? colons - 1 : colons {
        case 0: return .toHour
        case 1: return .toMinute
        default: return .toSecond
        }
    }

    private static func unixTime(_ text: String) throws(TimeError) -> Timestamp {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let seconds = try? GoInteger.parse(parts[0]) else { throw .notATime(text) }
        guard parts.count == 2 else { return Timestamp(unixSeconds: seconds) }
        guard (try? GoInteger.parseUnsigned(parts[1])) != nil else { throw .notATime(text) }
        let digits = parts[1].utf8.prefix(9).reduce(Int32(0)) { $0 * 10 + Int32($1 & 0x0F) }
        let nanosecond = (0..<max(0, 9 - parts[1].utf8.count)).reduce(digits) { value, _ in value * 10 }
        return Timestamp(unixSeconds: seconds, nanosecond: nanosecond)
    }

    private static func count(_ mark: UnicodeScalar, in text: String) -> Int {
        text.utf8.count { $0 == UInt8(ascii: mark) }
    }
}
