// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Synchronization

/// Blocking work on several threads of its own; for callers that are not asynchronous.
enum ParallelMap {
    /// The results of `body` in the order of `items`, computed on at most `limit` threads. The first error is thrown
    /// when all threads have ended; items that were not begun by then are left.
    static func map<Item: Sendable, Output: Sendable>(
        _ items: [Item], limit: Int, _ body: @escaping @Sendable (Item) throws -> Output
    ) throws -> [Output] {
        let results = Results<Output>(count: items.count)
        ParallelLoop.run(items.count, threads: limit) { index in
            guard !results.hasFailed else { return }
            do {
                results.put(try body(items[index]), at: index)
            } catch {
                results.fail(error)
            }
        }
        return try results.finished()
    }
}

/// What the threads share.
private final class Results<Output: Sendable>: Sendable {
    private struct State {
        var outputs: [Output?]
        var error: (any Error)?
    }

    private let state: Mutex<State>

    init(count: Int) {
        state = Mutex(State(outputs: Array(repeating: nil, count: count)))
    }

    var hasFailed: Bool {
        state.withLock { $0.error != nil }
    }

    func put(_ output: Output, at index: Int) {
        state.withLock { $0.outputs[index] = output }
    }

    func fail(_ error: any Error) {
        state.withLock { state in if state.error == nil { state.error = error } }
    }

    func finished() throws -> [Output] {
        try state.withLock { state in
            if let error = state.error { throw error }
            return state.outputs.compactMap { $0 }
        }
    }
}
