// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The connection of a store, used by one thread at a time.
///
/// Unchecked Sendable: `database` is touched inside `lock` only, and what comes out is Sendable. (`Mutex<Database?>`
/// cannot express it: the closures that callers pass in are not Sendable themselves.)
final class LockedDatabase: @unchecked Sendable {
    private let lock = Mutex(())
    private var database: Database?

    init(_ database: Database) {
        self.database = database
    }

    /// Nil once the store is closed.
    func use<T: Sendable>(_ body: (Database?) throws -> T) throws -> T {
        try lock.withLock { _ in try body(database) }
    }

    func close() {
        lock.withLock { _ in database = nil }
    }
}
