// SPDX-License-Identifier: Apache-2.0
import CSQLite

extension ImageStore {
    /// The version of the SQLite that holds the catalog.
    public static var databaseVersion: String { String(cString: sqlite3_libversion()) }
}
