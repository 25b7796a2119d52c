// SPDX-License-Identifier: Apache-2.0
import Glibc

/// An instant with nanoseconds, in the proleptic Gregorian calendar without leap seconds (as Unix and Go count).
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Whole seconds since 1970-01-01T00:00:00Z, rounded towards the past.
    public var unixSeconds: Int64
    /// 0 ..< 1 000 000 000.
    public var nanosecond: Int32

    public init(unixSeconds: Int64, nanosecond: Int32 = 0) {
        self.unixSeconds = unixSeconds
        self.nanosecond = nanosecond
    }

    /// Go's zero `time.Time`, 0001-01-01T00:00:00Z: what docker shows for a time that was never set.
    public static let zero = Timestamp(unixSeconds: -62_135_596_800)

    /// The clock of the machine.
    public static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(unixSeconds: Int64(time.tv_sec), nanosecond: Int32(time.tv_nsec))
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        (left.unixSeconds, left.nanosecond) < (right.unixSeconds, right.nanosecond)
    }

    /// `end - self` in nanoseconds; saturates at the limits of 64 bits like Go's `time.Time.Sub`.
    public func nanoseconds(until end: Timestamp) -> Int64 {
        let (seconds, overflow) = end.unixSeconds.subtractingReportingOverflow(unixSeconds)
        let (product, tooBig) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, tooBigSum) = product.addingReportingOverflow(Int64(end.nanosecond) - Int64(nanosecond))
        if overflow || tooBig || tooBigSum { return end < self ? .min : .max }
        return sum
    }

    /// The instant `duration` before this one.
    public func subtracting(_ duration: GoDuration) -> Timestamp {
        let (seconds, rest) = duration.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        var result = Timestamp(unixSeconds: unixSeconds - seconds, nanosecond: nanosecond - Int32(rest))
        if result.nanosecond < 0 {
            result.unixSeconds -= 1
            result.nanosecond += 1_000_000_000
        } else if result.nanosecond >= 1_000_000_000 {
            result.unixSeconds += 1
            result.nanosecond -= 1_000_000_000
        }
        return result
    }
}
