// SPDX-License-Identifier: Apache-2.0

/// Time as the client sees it; tests bring their own.
public struct RegistryClock: Sendable {
    /// Since some fixed moment.
    public var now: @Sendable () -> Duration
    public var sleep: @Sendable (Duration) async throws -> Void

    public init(
        now: @escaping @Sendable () -> Duration, sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }

    public static var system: RegistryClock {
        let start = ContinuousClock.now
        return RegistryClock(now: { start.duration(to: .now) }, sleep: { try await Task.sleep(for: $0) })
    }

    /// Runs `body`, and cancels it after `limit` with `failure`.
    func limited<Result: Sendable>(
        to limit: Duration, failure: RegistryError, _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result.self) { group in
            group.addTask { try await body() }
            group.addTask { [sleep] in
                try await sleep(limit)
                throw failure
            }
            defer { group.cancelAll() }
            guard let result = try await group.next() else { throw CancellationError() }
            return result
        }
    }
}
