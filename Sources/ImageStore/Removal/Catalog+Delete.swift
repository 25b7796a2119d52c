// SPDX-License-Identifier: Apache-2.0

import OCI

extension Catalog {
    /// Deletes the rows of an image and of the layers that nothing else uses. Its references must be gone.
    func deleteImage(_ key: Int64) throws -> FreedImage {
        var freed = FreedImage()
        freed.debts.blobs = Set(
            try database.rows("SELECT blob FROM image_blobs WHERE image = ?", .integer(key)) {
                row throws(DatabaseError) in try row.digest(0)
            }
        )
        let layers = try database.rows(
            "SELECT layer FROM image_layers WHERE image = ? ORDER BY position DESC", .integer(key)
        ) { $0.integer(0) }
        try database.run("DELETE FROM images WHERE key = ?", .integer(key))
        for layer in layers {
            try database.run("UPDATE layers SET images = images - 1 WHERE key = ?", .integer(layer))
        }
        try release(layers, into: &freed)
        try bumpGeneration()
        return freed
    }

    /// Deletes those layers that neither an image nor a container uses.
    func release(_ layers: [Int64], into freed: inout FreedImage) throws {
        for layer in layers {
            let gone = try database.first(
                """
                SELECT chain, diff, size FROM layers WHERE key = ?1 AND images <= 0
                AND NOT EXISTS (SELECT 1 FROM container_layers WHERE layer = ?1)
                """,
                .integer(layer)
            ) { row throws(DatabaseError) in
                FreedLayer(chainID: try row.digest(0), diffID: try row.digest(1), size: row.integer(2))
            }
            guard let gone else { continue }
            try database.run("DELETE FROM layers WHERE key = ?", .integer(layer))
            freed.layers.append(gone)
            freed.debts.trees.insert(gone.diffID)
            // A blob that was kept for a container's sake only.
            freed.debts.blobs.formUnion(try blobs(diffID: gone.diffID).map(\.digest))
        }
    }

    /// A container that was made from the image or mounts it; the oldest of them. `isRunning` nil means either.
    func container(using image: Digest, isRunning: Bool?) throws -> String? {
        try database.first(
            """
            SELECT id FROM containers WHERE (?2 IS NULL OR running = ?2) AND id IN (
                SELECT id FROM containers WHERE image = ?1
                UNION SELECT container FROM container_mounts WHERE image = ?1)
            ORDER BY created, id LIMIT 1
            """,
            .digest(image), isRunning.map { .flag($0) } ?? .null
        ) { $0.text(0) }
    }
}
