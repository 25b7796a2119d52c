// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Connections that large blobs may use beside the one that each has: one number for all, since each holds memory.
final class SpareConnections: Sendable {
    private let free: Mutex<Int>

    init(_ count: Int) {
        free = Mutex(max(0, count))
    }

    /// Runs `body` with as many as are free now, up to `wanted`, and gives them back.
    func using<Result>(upTo wanted: Int, _ body: (Int) async throws -> Result) async rethrows -> Result {
        let taken = free.withLock { free in
            let taken = max(0, min(free, wanted))
            free -= taken
            return taken
        }
        defer { free.withLock { $0 += taken } }
        return try await body(taken)
    }
}
