// SPDX-License-Identifier: Apache-2.0

import OCI

extension Catalog {
    /// Complaints of SQLite, none when the file is well.
    func integrityProblems() throws -> [String] {
        let pages = try database.rows("PRAGMA quick_check") { $0.text(0) }.filter { $0 != "ok" }
        let links = try database.rows("PRAGMA foreign_key_check") {
            "row \($0.integer(1)) of \($0.text(0)) points to a row of \($0.text(2)) that is not there"
        }
        return pages + links
    }

    /// The blobs of all images, each once.
    func neededBlobs() throws -> [Digest] {
        try database.rows("SELECT DISTINCT blob FROM image_blobs ORDER BY blob") {
            row throws(DatabaseError) in try row.digest(0)
        }
    }

    func images(with blob: Digest) throws -> [Digest] {
        try database.rows(
            "SELECT i.id FROM image_blobs b JOIN images i ON i.key = b.image WHERE b.blob = ? ORDER BY i.id",
            .digest(blob)
        ) { row throws(DatabaseError) in try row.digest(0) }
    }

    private static let trueCount = "(SELECT count(*) FROM image_layers WHERE layer = layers.key)"

    func wrongCounts() throws -> Int {
        Int(try database.integer("SELECT count(*) FROM layers WHERE images <> \(Self.trueCount)"))
    }

    func correctCounts() throws -> Int {
        try database.run("UPDATE layers SET images = \(Self.trueCount) WHERE images <> \(Self.trueCount)")
    }
}
