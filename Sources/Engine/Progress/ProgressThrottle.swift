// SPDX-License-Identifier: Apache-2.0

/// Decides which byte counts of one transfer are worth an event, as docker does: at most one in 100 ms, only after
/// min(512 KiB, 1 % of the size) more bytes, and always the last (docker-compatible stream, moby pkg/progress).
public struct ProgressThrottle: Sendable {
    private static let interval: Duration = .milliseconds(100)
    private static let largestStep: Int64 = 512 * 1024

    private let total: Int64
    private let step: Int64
    private var lastCount: Int64 = 0
    private var lastInstant: ContinuousClock.Instant?

    public init(total: Int64) {
        self.total = total
        self.step = total > 0 ? min(Self.largestStep, total / 100) : Self.largestStep
    }

    /// Whether an event for `current` bytes is due at `now`; records it when it is.
    public mutating func isDue(_ current: Int64, now: ContinuousClock.Instant) -> Bool {
        if current >= total, total > 0 {
            defer { lastCount = current }
            return current != lastCount
        }
        guard current - lastCount >= step else { return false }
        if let lastInstant, now - lastInstant < Self.interval { return false }
        lastInstant = now
        lastCount = current
        return true
    }
}
