// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization

/// Blocking work on several threads of its own; for callers that are not asynchronous.
enum ParallelMap {
    private final class Job: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }

    /// The results of `body` in the order of `items`, computed on at most `limit` threads. The first error is thrown
    /// when all threads have ended; items that were not begun by then are left.
    static func map<Item: Sendable, Output: Sendable>(
        _ items: [Item], limit: Int, _ body: @escaping @Sendable (Item) throws -> Output
    ) throws -> [Output] {
        let results = Results<Output>(count: items.count)
        let worker = Job {
            while let index = results.next() {
                do {
                    results.put(try body(items[index]), at: index)
                } catch {
                    results.fail(error)
                }
            }
        }
        let threads = (1..<max(1, min(limit, items.count))).compactMap { _ in start(worker) }
        worker.body()
        for thread in threads { pthread_join(thread, nil) }
        return try results.finished()
    }

    private static func start(_ job: Job) -> pthread_t? {
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(job)
        let error = pthread_create(
            &thread, nil,
            { raw in
                if let raw { Unmanaged<Job>.fromOpaque(raw).takeRetainedValue().body() }
                return nil
            }, argument.toOpaque())
        guard error == 0 else {
            // Fewer threads do the same work.
            argument.release()
            return nil
        }
        return thread
    }
}

/// What the threads share.
private final class Results<Output: Sendable>: Sendable {
    private struct State {
        var next = 0
        var outputs: [Output?]
        var error: (any Error)?
    }

    private let state: Mutex<State>

    init(count: Int) {
        state = Mutex(State(outputs: Array(repeating: nil, count: count)))
    }

    /// The next item to work on; `nil` when there is none or something has failed.
    func next() -> Int? {
        state.withLock { state in
            guard state.next < state.outputs.count, state.error == nil else { return nil }
            state.next += 1
            return state.next - 1
        }
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
