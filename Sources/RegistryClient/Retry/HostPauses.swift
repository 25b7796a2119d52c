// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Hosts that asked to be left alone for a while. Shared by all workers: one answer stops them all.
final class HostPauses: Sendable {
    private let ends = Mutex<[HTTPOrigin: Duration]>([:])

    func pause(_ origin: HTTPOrigin, for length: Duration, now: Duration) {
        ends.withLock { $0[origin] = max($0[origin] ?? .zero, now + length) }
    }

    /// Nil when the host may be asked.
    func remaining(_ origin: HTTPOrigin, now: Duration) -> Duration? {
        ends.withLock { ends in
            guard let end = ends[origin] else { return nil }
            if end > now { return end - now }
            ends[origin] = nil
            return nil
        }
    }
}
