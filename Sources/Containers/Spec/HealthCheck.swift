// SPDX-License-Identifier: Apache-2.0

/// How a container's health is tested, as the image's `Healthcheck` and the `--health-*` flags say it.
public struct HealthCheck: Sendable, Equatable, Codable {
    /// `["NONE"]`, `["CMD", …]`, `["CMD-SHELL", command]`; empty inherits the image's.
    public var test: [String]
    /// Nanoseconds, as in docker's API; 0 inherits.
    public var interval: Int64
    public var timeout: Int64
    public var startPeriod: Int64
    public var startInterval: Int64
    /// Failures in a row that make a container unhealthy; 0 inherits.
    public var retries: Int

    public init(
        test: [String] = [], interval: Int64 = 0, timeout: Int64 = 0, startPeriod: Int64 = 0,
        startInterval: Int64 = 0, retries: Int = 0
    ) {
        self.test = test
        self.interval = interval
        self.timeout = timeout
        self.startPeriod = startPeriod
        self.startInterval = startInterval
        self.retries = retries
    }

    /// This check with everything unset taken from `base`, as docker merges the user's with the image's.
    public func filled(from base: HealthCheck?) -> HealthCheck {
        guard let base else { return self }
        return HealthCheck(
            test: test.isEmpty ? base.test : test,
            interval: interval == 0 ? base.interval : interval,
            timeout: timeout == 0 ? base.timeout : timeout,
            startPeriod: startPeriod == 0 ? base.startPeriod : startPeriod,
            startInterval: startInterval == 0 ? base.startInterval : startInterval,
            retries: retries == 0 ? base.retries : retries
        )
    }

    /// Whether there is anything to run.
    public var isEnabled: Bool {
        guard let kind = test.first else { return false }
        return kind != "NONE" && test.count > 1
    }
}
