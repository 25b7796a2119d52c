// SPDX-License-Identifier: Apache-2.0

import OCI

/// The questions and changes that the store asks of its database, one extension a verb. Knows tables, not files.
struct Catalog {
    let database: Database

    /// The row number of an image.
    func key(of image: Digest) throws -> Int64? {
        try database.first("SELECT key FROM images WHERE id = ?", .digest(image)) { $0.integer(0) }
    }

    func requireKey(of image: Digest) throws -> Int64 {
        guard let key = try key(of: image) else { throw StoreError.noSuchImage(image.description) }
        return key
    }

    /// Counts a change of images or references, so that a stale index.json is noticed.
    func bumpGeneration() throws {
        try database.run("UPDATE meta SET value = value + 1 WHERE key = 'generation'")
    }

    /// Whether index.json was written after the last change.
    func isIndexStale() throws -> Bool {
        try database.integer(
            """
            SELECT (SELECT value FROM meta WHERE key = 'generation') <> (SELECT value FROM meta WHERE key = 'indexed')
            """
        ) != 0
    }
}
