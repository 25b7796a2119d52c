// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A moment on the monotonic clock.
struct Deadline {
    private let end: Int64

    /// Negative: never.
    init(seconds: Int) {
        // An image's stop time-out may be any number.
        end = seconds < 0 ? .max : Self.now() + Int64(min(seconds, 1 << 40)) * 1000
    }

    init(nanoseconds: Int64) {
        end = Self.now() + nanoseconds / 1_000_000
    }

    static let never = Deadline(seconds: -1)

    /// For poll(2): −1 for ever, 0 when it has passed.
    var remainingMilliseconds: Int32 {
        if end == .max { return -1 }
        return Int32(clamping: max(0, end - Self.now()))
    }

    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
