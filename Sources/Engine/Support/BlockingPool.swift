// SPDX-License-Identifier: Apache-2.0
internal import NIOPosix

/// Threads for work that blocks: hashing, inflating, disk, locks. The cooperative pool has one thread a core, and a
/// blocked one would stall every download and the progress display.
public struct BlockingPool: Sendable {
    private let pool: NIOThreadPool

    /// Starts `threads` threads; ``shutdown()`` ends them.
    public init(threads: Int) {
        pool = NIOThreadPool(numberOfThreads: threads)
        pool.start()
    }

    /// Runs `body` on a thread of the pool. A running body isn't interrupted by cancellation: keep it short.
    public func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await pool.runIfActive(body)
    }

    public func shutdown() async {
        try? await pool.shutdownGracefully()
    }
}
