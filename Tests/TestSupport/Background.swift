// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Runs what waits for processes on a thread of its own. The concurrency pool has one thread a core: tests that wait
/// on it hold up all others.
public func background<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result(catching: body)) }
    }
}
