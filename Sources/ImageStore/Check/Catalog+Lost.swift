// SPDX-License-Identifier: Apache-2.0

import DockerFormat
import OCI

/// Entries of an index.json from which the catalog is made again, kept as long as their images are not restored: whatever
/// happens meanwhile, the next index.json has them.
extension Catalog {
    /// Before the key of an entry in `meta`.
    private static let prefix = "lost "

    func addLostEntries(_ entries: [OCIIndexEntry]) throws {
        for entry in entries {
            try database.run(
                "INSERT OR REPLACE INTO meta(key, value) VALUES(?, ?)",
                .text(Self.prefix + entry.key), .text(OCIIndexWriter.text(of: entry)))
        }
    }

    /// Sorted by name.
    func lostEntries() throws -> [OCIIndexEntry] {
        let texts = try database.rows(
            "SELECT value FROM meta WHERE key >= ?1 AND key < ?2 ORDER BY key", .text(Self.prefix),
            // '!' follows the blank.
            .text("lost!")
        ) { $0.text(0) }
        return try texts.compactMap { OCIIndexReader.entry(try JSONParser.parse(Array($0.utf8))) }
    }

    /// Whether it was there.
    @discardableResult
    func dropLostEntry(_ key: String) throws -> Bool {
        try database.run("DELETE FROM meta WHERE key = ?", .text(Self.prefix + key)) > 0
    }
}
