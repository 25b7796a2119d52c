// SPDX-License-Identifier: Apache-2.0
public import DockerFormat

/// When and where a filter is read: durations count back from `now`, times without a zone are in `zone`.
public struct FilterMoment: Sendable {
    public var now: Timestamp
    public var zone: Zone

    public init(now: Timestamp, zone: Zone) {
        self.now = now
        self.zone = zone
    }
}
