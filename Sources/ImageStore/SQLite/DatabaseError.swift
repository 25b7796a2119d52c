// SPDX-License-Identifier: Apache-2.0

/// What SQLite refused, with the statement that was running.
public struct DatabaseError: Error, Equatable, CustomStringConvertible {
    /// SQLite's extended result code.
    public let code: Int32
    /// SQLite's own message.
    public let message: String
    /// The statement, or what was being done (`open`).
    public let statement: String

    /// The file is not a database, or its pages contradict each other (SQLITE_CORRUPT, SQLITE_NOTADB).
    public var isCorruption: Bool { code & 0xff == 11 || code & 0xff == 26 }

    /// There is no space for the change (SQLITE_FULL).
    public var isDiskFull: Bool { code & 0xff == 13 }

    public var description: String {
        if isDiskFull { return "write catalog.db: no space left on device" }
        let advice = isCorruption ? ": run 'dockerlite system check --repair' to rebuild it" : ""
        return "catalog: \(message) (code \(code)) in: \(statement)\(advice)"
    }
}
