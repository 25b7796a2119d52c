// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization

/// A loop spread over threads that live as long as the loop. For computation and blocking work that must not occupy
/// the cooperative pool, and without Dispatch, whose threads come up too slowly for loops of a few milliseconds.
public enum ParallelLoop {
    private final class Work: Sendable {
        let count: Int
        let next = Atomic(0)
        let body: @Sendable (Int) -> Void

        init(count: Int, body: @escaping @Sendable (Int) -> Void) {
            self.count = count
            self.body = body
        }

        func run() {
            while true {
                let index = next.add(1, ordering: .relaxed).oldValue
                guard index < count else { return }
                body(index)
            }
        }
    }

    /// Calls `body` with 0 to `count - 1` on at most `threads` threads, the caller's among them.
    public static func run(_ count: Int, threads: Int, _ body: @escaping @Sendable (Int) -> Void) {
        let work = Work(count: count, body: body)
        var started: [pthread_t] = []
        for _ in 0..<max(0, min(threads, count) - 1) {
            var thread = pthread_t()
            let context = Unmanaged.passRetained(work)
            let code = pthread_create(
                &thread, nil,
                { pointer in
                    if let pointer { Unmanaged<Work>.fromOpaque(pointer).takeRetainedValue().run() }
                    return nil
                }, context.toOpaque())
            guard code == 0 else {
                // Too many threads on the machine: those that run do the work.
                context.release()
                break
            }
            started.append(thread)
        }
        work.run()
        for thread in started { pthread_join(thread, nil) }
    }
}
