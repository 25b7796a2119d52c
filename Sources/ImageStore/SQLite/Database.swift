// SPDX-License-Identifier: Apache-2.0

import CSQLite
import Glibc
import OCI

/// One SQLite connection with its prepared statements. Not Sendable: `ImageStore` keeps it behind a mutex.
///
/// `database is locked` never leaves this type before `patience` is over: SQLite's own busy handler waits for ordinary
/// locks, and statements that start outside a transaction are run again when SQLite gives up without asking it
/// (recovery of the WAL, the last connection closing).
final class Database {
    enum Access {
        case readWrite
        case readOnly
        /// For this process alone, which needs no shared memory file: there is no space for one.
        case exclusive
        /// The file system cannot be written by anybody: no locks, no shared memory file.
        case immutable
    }

    let connection: OpaquePointer
    private let patience: Duration
    /// Statements that nobody is stepping, by their text.
    private var idle: [String: OpaquePointer] = [:]

    /// A catalog of 10 000 images has 37 MB: read through a mapping and kept in memory, a listing takes half the time of
    /// reading page by page through the default cache of 2 MB, and a large transaction does not spill.
    private static let settings = """
        PRAGMA foreign_keys=ON; PRAGMA mmap_size=1073741824; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY;
        PRAGMA wal_autocheckpoint=4000;
        """

    /// Opens `path`, which is created when `access` allows it.
    init(path: String, access: Access, patience: Duration) throws(DatabaseError) {
        var handle: OpaquePointer?
        let flags =
            switch access {
            case .readWrite: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
            case .exclusive: SQLITE_OPEN_READWRITE
            case .readOnly, .immutable: SQLITE_OPEN_READONLY
            }
        let name = access == .immutable ? "file:\(Database.uriPath(path))?immutable=1" : path
        let uri = access == .immutable ? SQLITE_OPEN_URI : 0
        let status = sqlite3_open_v2(name, &handle, flags | uri | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard status == SQLITE_OK, let handle else {
            let message = handle.map { String(cString: sqlite3_errmsg($0)) } ?? "out of memory"
            sqlite3_close(handle)
            throw DatabaseError(code: status, message: message, statement: "open \(path)")
        }
        connection = handle
        self.patience = patience
        sqlite3_busy_timeout(handle, Int32(clamping: patience.components.seconds * 1000))
        if access == .exclusive { try script("PRAGMA locking_mode=EXCLUSIVE") }
        try script(Self.settings)
    }

    deinit {
        for statement in idle.values { sqlite3_finalize(statement) }
        sqlite3_close_v2(connection)
    }

    /// `?` and `%` end a path in SQLite's URI syntax (https://sqlite.org/uri.html §3.1); `#` starts a fragment.
    private static func uriPath(_ path: String) -> String {
        var result = ""
        for character in path {
            switch character {
            case "?": result += "%3f"
            case "#": result += "%23"
            case "%": result += "%25"
            default: result.append(character)
            }
        }
        return result
    }

    // MARK: Statements

    /// Runs a statement that returns no rows and gives the number of rows it changed.
    @discardableResult
    func run(_ sql: String, _ values: SQLValue...) throws(DatabaseError) -> Int {
        try forEach(sql, values) { _ throws(DatabaseError) in }
        return Int(sqlite3_changes(connection))
    }

    /// The rows, converted one by one.
    func rows<T>(
        _ sql: String, _ values: SQLValue..., convert: (borrowing Row) throws(DatabaseError) -> T
    ) throws(DatabaseError) -> [T] {
        var result: [T] = []
        try forEach(sql, values) { row throws(DatabaseError) in result.append(try convert(row)) }
        return result
    }

    /// The first row, converted, or nil when there is none.
    func first<T>(
        _ sql: String, _ values: SQLValue..., convert: (borrowing Row) throws(DatabaseError) -> T
    ) throws(DatabaseError) -> T? {
        let statement = try checkOut(sql, values)
        defer { checkIn(statement, sql) }
        guard try step(statement, sql) else { return nil }
        return try convert(Row(statement: statement))
    }

    /// The first column of the first row as a number, 0 when there is no row or it is NULL.
    func integer(_ sql: String, _ values: SQLValue...) throws(DatabaseError) -> Int64 {
        let statement = try checkOut(sql, values)
        defer { checkIn(statement, sql) }
        return try step(statement, sql) ? sqlite3_column_int64(statement, 0) : 0
    }

    func forEach(
        _ sql: String, _ values: [SQLValue] = [], _ body: (borrowing Row) throws(DatabaseError) -> Void
    ) throws(DatabaseError) {
        let statement = try checkOut(sql, values)
        defer { checkIn(statement, sql) }
        while try step(statement, sql) { try body(Row(statement: statement)) }
    }

    /// Several statements without parameters (schema, pragmas).
    func script(_ sql: String) throws(DatabaseError) {
        let status = sqlite3_exec(connection, sql, nil, nil, nil)
        guard status == SQLITE_OK else { throw failure(status, sql) }
    }

    // MARK: Steps

    private func step(_ statement: OpaquePointer, _ sql: String) throws(DatabaseError) -> Bool {
        let status = sqlite3_step(statement)
        switch status {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case _ where status & 0xff == SQLITE_BUSY && mayRepeat: return try stepAgain(statement, sql)
        default: throw failure(status, sql)
        }
    }

    private func stepAgain(_ statement: OpaquePointer, _ sql: String) throws(DatabaseError) -> Bool {
        let deadline = ContinuousClock.now + patience
        while true {
            sqlite3_reset(statement)
            usleep(2_000)
            let status = sqlite3_step(statement)
            switch status {
            case SQLITE_ROW: return true
            case SQLITE_DONE: return false
            case _ where status & 0xff == SQLITE_BUSY && ContinuousClock.now < deadline: continue
            default: throw failure(status, sql)
            }
        }
    }

    /// Outside a transaction nothing has been read or written yet, so the statement can simply run again.
    private var mayRepeat: Bool { sqlite3_get_autocommit(connection) != 0 }

    /// A statement in use leaves the cache, so that a nested use of the same text gets its own.
    private func checkOut(_ sql: String, _ values: [SQLValue]) throws(DatabaseError) -> OpaquePointer {
        let statement = if let cached = idle.removeValue(forKey: sql) { cached } else { try prepare(sql) }
        for (index, value) in values.enumerated() {
            let status = Database.bind(value, at: Int32(index + 1), of: statement)
            guard status == SQLITE_OK else {
                sqlite3_finalize(statement)
                throw failure(status, sql)
            }
        }
        return statement
    }

    private func checkIn(_ statement: OpaquePointer, _ sql: String) {
        sqlite3_reset(statement)
        sqlite3_clear_bindings(statement)
        if let twin = idle.updateValue(statement, forKey: sql) { sqlite3_finalize(twin) }
    }

    private func prepare(_ sql: String) throws(DatabaseError) -> OpaquePointer {
        let deadline = ContinuousClock.now + patience
        while true {
            var statement: OpaquePointer?
            let status = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
            if status == SQLITE_OK, let statement { return statement }
            guard status & 0xff == SQLITE_BUSY, mayRepeat, ContinuousClock.now < deadline else {
                throw failure(status, sql)
            }
            usleep(2_000)
        }
    }

    private static func bind(_ value: SQLValue, at index: Int32, of statement: OpaquePointer) -> Int32 {
        // SQLITE_TRANSIENT (-1): SQLite copies the bytes during the call.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch value {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let number): return sqlite3_bind_int64(statement, index, number)
        case .text(var text):
            return text.withUTF8 { utf8 in
                guard let start = utf8.baseAddress else { return sqlite3_bind_zeroblob(statement, index, 0) }
                return sqlite3_bind_text64(
                    statement, index, UnsafeRawPointer(start).assumingMemoryBound(to: CChar.self),
                    UInt64(utf8.count), transient, UInt8(SQLITE_UTF8)
                )
            }
        case .blob(let bytes):
            return bytes.withUnsafeBytes { buffer in
                guard let start = buffer.baseAddress else { return sqlite3_bind_zeroblob(statement, index, 0) }
                return sqlite3_bind_blob64(statement, index, start, UInt64(buffer.count), transient)
            }
        case .digest(let digest):
            return digest.withBytes { sqlite3_bind_blob64(statement, index, $0.baseAddress, 32, transient) }
        }
    }

    func failure(_ status: Int32, _ sql: String) -> DatabaseError {
        // A file of the WAL that could not grow is an I/O error to SQLite.
        let isFull = status & 0xff == SQLITE_IOERR && sqlite3_system_errno(connection) == ENOSPC
        return DatabaseError(
            code: isFull ? SQLITE_FULL : status, message: String(cString: sqlite3_errmsg(connection)), statement: sql)
    }
}
