// SPDX-License-Identifier: Apache-2.0

/// When a container's health is tested, with docker's defaults for what is not set. Times are nanoseconds.
struct HealthSchedule: Equatable {
    let interval: Int64
    let timeout: Int64
    let startPeriod: Int64
    let startInterval: Int64
    let retries: Int

    private static let second: Int64 = 1_000_000_000

    init(_ check: HealthCheck) {
        interval = check.interval > 0 ? check.interval : 30 * Self.second
        timeout = check.timeout > 0 ? check.timeout : 30 * Self.second
        startPeriod = check.startPeriod
        startInterval = check.startInterval > 0 ? check.startInterval : 5 * Self.second
        retries = check.retries > 0 ? check.retries : 3
    }

    /// The pause before the next probe: shorter while a container is starting up.
    func pause(status: HealthState.Status, age: Int64) -> Int64 {
        status == .starting && age < startPeriod ? min(startInterval, interval) : interval
    }
}
