// SPDX-License-Identifier: Apache-2.0
import Dispatch

/// Threads for the asynchronous part of a verb, apart from the cooperative pool: the caller waits for it, and where the
/// caller is a task of that pool (a program that embeds us, two tests on two cores) the pool could have no thread left.
final class NetworkExecutor: TaskExecutor {
    static let shared = NetworkExecutor()

    private let queue = DispatchQueue(label: "dockerlite.network", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
