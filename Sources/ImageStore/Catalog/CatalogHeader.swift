// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc

/// What the first page of a catalog says, read without SQLite: a store that is too new is refused before SQLite can
/// write anything (its opening may already recover a WAL).
struct CatalogHeader {
    /// 0 while the store is being created, or when the content was lost.
    let version: Int
    let applicationID: Int
    /// Zeros only.
    let isUnwritten: Bool

    /// Nil when there is no such file.
    init?(path: String) throws {
        guard let file = try FileOperations.open(path) else { return nil }
        guard try file.status().st_mode & S_IFMT == S_IFREG else { throw StoreError.notACatalog(path: path) }
        var page = [UInt8](repeating: 0, count: 100)
        let count = try page.withUnsafeMutableBytes { try file.read(into: $0, at: 0) }
        // An empty file, or a page that SQLite has only reserved, is what a creation that was killed leaves.
        guard count > 0, page.contains(where: { $0 != 0 }) else {
            version = 0
            applicationID = 0
            isUnwritten = true
            return
        }
        guard count == 100, page.starts(with: "SQLite format 3\0".utf8) else {
            throw StoreError.notACatalog(path: path)
        }
        // Offsets: https://sqlite.org/fileformat2.html §1.3.
        isUnwritten = false
        version = Self.number(page, at: 60)
        applicationID = Self.number(page, at: 68)
    }

    private static func number(_ page: [UInt8], at offset: Int) -> Int {
        page[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
    }
}
