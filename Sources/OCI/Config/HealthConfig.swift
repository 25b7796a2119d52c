// SPDX-License-Identifier: Apache-2.0

/// How docker checks that a container works (docker's image config, `Healthcheck`). Durations are in nanoseconds; 0
/// takes the default.
public struct HealthConfig: Hashable, Sendable {
    /// `["NONE"]`, `["CMD", …]` or `["CMD-SHELL", command]`; nil inherits.
    public var test: [String]?
    public var interval: Int64
    public var timeout: Int64
    public var startPeriod: Int64
    public var startInterval: Int64
    /// Failures in a row before the container counts as unhealthy.
    public var retries: Int64

    public init(
        test: [String]? = nil, interval: Int64 = 0, timeout: Int64 = 0, startPeriod: Int64 = 0,
        startInterval: Int64 = 0, retries: Int64 = 0
    ) {
        self.test = test
        self.interval = interval
        self.timeout = timeout
        self.startPeriod = startPeriod
        self.startInterval = startInterval
        self.retries = retries
    }

    init(_ fields: JSONFields) throws(JSONFields.Failure) {
        test = try fields.strings("Test")
        interval = try fields.integer("Interval") ?? 0
        timeout = try fields.integer("Timeout") ?? 0
        startPeriod = try fields.integer("StartPeriod") ?? 0
        startInterval = try fields.integer("StartInterval") ?? 0
        retries = try fields.integer("Retries") ?? 0
    }
}
