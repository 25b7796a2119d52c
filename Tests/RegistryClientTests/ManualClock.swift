// SPDX-License-Identifier: Apache-2.0

import RegistryClient
import Synchronization

/// A clock that sleeps in no time and remembers for how long.
final class ManualClock: Sendable {
    private let state = Mutex<(now: Duration, sleeps: [Duration])>((.zero, []))

    var sleeps: [Duration] { state.withLock { $0.sleeps } }

    func advance(by duration: Duration) {
        state.withLock { $0.now += duration }
    }

    /// A limit on something that is under way must not pass at once: those sleeps are left waiting to be cancelled.
    func clock(endless: Set<Duration> = [.seconds(15)]) -> RegistryClock {
        RegistryClock(now: { self.state.withLock { $0.now } }) { duration in
            if endless.contains(duration) { return try await Task.sleep(for: .seconds(3600)) }
            try Task.checkCancellation()
            self.state.withLock { state in
                state.now += duration
                state.sleeps.append(duration)
            }
        }
    }
}
