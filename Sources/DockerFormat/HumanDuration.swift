// SPDX-License-Identifier: Apache-2.0

/// Durations for people, as docker's `go-units` prints them: `About a minute`, `3 weeks`.
public enum HumanDuration {
    /// - Parameter nanoseconds: negative durations read `Less than a second`, as in docker.
    public static func text(nanoseconds: Int64) -> String {
        let seconds = nanoseconds / 1_000_000_000
        let minutes = seconds / 60
        let hoursElapsed = Double(nanoseconds) / 3_600_000_000_000
        let hours = Int64(hoursElapsed + 0.5)
        switch seconds {
        case ..<1: return "Less than a second"
        case 1: return "1 second"
        case ..<60: return "\(seconds) seconds"
        default: break
        }
        if minutes == 1 { return "About a minute" }
        if minutes < 60 { return "\(minutes) minutes" }
        switch hours {
        case 1: return "About an hour"
        case ..<48: return "\(hours) hours"
        case ..<(24 * 7 * 2): return "\(hours / 24) days"
        case ..<(24 * 30 * 2): return "\(hours / 24 / 7) weeks"
        case ..<(24 * 365 * 2): return "\(hours / 24 / 30) months"
        default: return "\(Int64(hoursElapsed) / 24 / 365) years"
        }
    }

    /// The time from `start` to `end` in words, at most about 292 years, as Go's `time.Time.Sub` saturates.
    public static func text(from start: Timestamp, to end: Timestamp) -> String {
        text(nanoseconds: start.nanoseconds(until: end))
    }
}
