// SPDX-License-Identifier: Apache-2.0

import CSQLite

extension Database {
    /// How much a commit promises. In WAL mode a commit is atomic either way.
    enum Durability {
        /// Survives the death of the process, may be rolled back by a power loss (no fsync).
        case process
        /// Survives a power loss, and so does everything committed before it.
        case power
    }

    /// Runs `body` in one write transaction. The write lock is taken at once, so a later statement cannot find
    /// that its snapshot is stale.
    func write<T>(_ durability: Durability, _ body: () throws -> T) throws -> T {
        try script(durability == .power ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL")
        try run("BEGIN IMMEDIATE")
        do {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            rollBack()
            throw error
        }
    }

    /// Runs `body` in a write transaction that is always rolled back: what would happen, without it happening.
    func rehearse<T>(_ body: () throws -> T) throws -> T {
        try run("BEGIN IMMEDIATE")
        defer { rollBack() }
        return try body()
    }

    /// Several queries over one snapshot.
    func read<T>(_ body: () throws -> T) throws -> T {
        guard sqlite3_get_autocommit(connection) != 0 else { return try body() }
        try run("BEGIN")
        defer { rollBack() }
        return try body()
    }

    /// SQLite has rolled back by itself after some errors (disk full, I/O error); a second attempt is harmless.
    private func rollBack() {
        if sqlite3_get_autocommit(connection) == 0 { sqlite3_exec(connection, "ROLLBACK", nil, nil, nil) }
    }
}
