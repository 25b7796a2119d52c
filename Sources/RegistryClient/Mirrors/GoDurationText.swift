// SPDX-License-Identifier: Apache-2.0

import DockerFormat

/// Go's durations, `1m30s`, for our clock.
enum GoDurationText {
    static func parse(_ text: String) -> Duration? {
        (try? GoDuration(text)).map { .nanoseconds($0.nanoseconds) }
    }
}
