// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// How far one layer has come: what is shown of it, and whether a failed attempt made progress.
final class LayerProgress: Sendable {
    private struct State {
        var received: Int64 = 0
        var throttle: ProgressThrottle
    }

    private let total: Int64
    private let state: Mutex<State>
    private let report: @Sendable (ProgressAmount) -> Void

    init(total: Int64, report: @escaping @Sendable (ProgressAmount) -> Void) {
        self.total = total
        self.report = report
        state = Mutex(State(throttle: ProgressThrottle(total: total)))
    }

    /// Bytes that are safe.
    var received: Int64 {
        get { state.withLock { $0.received } }
        set { state.withLock { $0.received = newValue } }
    }

    /// There are this many bytes now; connections tell it in any order.
    func note(_ received: Int64) {
        let isDue = state.withLock { state in
            state.received = received
            return state.throttle.isDue(received, now: .now)
        }
        if isDue { show(received) }
    }

    func show(_ received: Int64) {
        report(ProgressAmount(current: received, total: total))
    }
}
