// SPDX-License-Identifier: Apache-2.0

import CSQLite
import OCI

/// The current row of a running statement; valid only inside the closure it is handed to.
struct Row: ~Copyable {
    private let statement: OpaquePointer

    init(statement: OpaquePointer) {
        self.statement = statement
    }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    func flag(_ column: Int32) -> Bool { integer(column) != 0 }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    func optionalInteger(_ column: Int32) -> Int64? { isNull(column) ? nil : integer(column) }

    func text(_ column: Int32) -> String { optionalText(column) ?? "" }

    func optionalText(_ column: Int32) -> String? {
        guard let start = sqlite3_column_text(statement, column) else { return nil }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    func bytes(_ column: Int32) -> [UInt8] {
        guard let start = sqlite3_column_blob(statement, column) else { return [] }
        return [UInt8](UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }

    func optionalDigest(_ column: Int32) -> Digest? {
        guard let start = sqlite3_column_blob(statement, column) else { return nil }
        return Digest(bytes: UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    }

    /// A digest column that is NOT NULL by the schema; anything but 32 bytes means that the file was damaged.
    func digest(_ column: Int32) throws(DatabaseError) -> Digest {
        guard let digest = optionalDigest(column) else {
            throw DatabaseError(
                code: SQLITE_CORRUPT,
                message: "column \(column) is not a digest",
                statement: String(cString: sqlite3_sql(statement))
            )
        }
        return digest
    }
}
