// SPDX-License-Identifier: Apache-2.0

/// Runs `body` until it succeeds or `policy` gives up.
/// - Parameters:
///   - countdown: called once a second with the seconds left before the next attempt.
///   - frontier: how many bytes are safe, asked after each failure.
public func retrying<Result>(
    _ policy: RetryPolicy, clock: RegistryClock, countdown: (Int) -> Void = { _ in }, frontier: () -> Int64 = { 0 },
    _ body: () async throws -> Result
) async throws -> Result {
    var policy = policy
    while true {
        do {
            return try await body()
        } catch let error as RegistryError {
            switch policy.next(after: error, frontier: frontier()) {
            case .stop(let error): throw error
            case .retry(let pause): try await wait(pause, clock, countdown)
            }
        }
    }
}

private func wait(_ pause: Duration, _ clock: RegistryClock, _ countdown: (Int) -> Void) async throws {
    let fraction = pause.components.attoseconds
    var seconds = pause.components.seconds
    if fraction > 0 {
        try await clock.sleep(Duration(secondsComponent: 0, attosecondsComponent: fraction))
    }
    while seconds > 0 {
        countdown(Int(seconds))
        try await clock.sleep(.seconds(1))
        seconds -= 1
    }
}
