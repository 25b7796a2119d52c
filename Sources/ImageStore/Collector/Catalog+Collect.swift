// SPDX-License-Identifier: Apache-2.0

import OCI

extension Catalog {
    /// Every digest that must not be collected while a lease covers the image: its blobs and its layers' diff IDs.
    func digestsNeeded(by image: Digest) throws -> [Digest] {
        let key = SQLValue.integer(try requireKey(of: image))
        let blobs = try database.rows("SELECT blob FROM image_blobs WHERE image = ?", key) {
            row throws(DatabaseError) in try row.digest(0)
        }
        let trees = try database.rows(
            "SELECT l.diff FROM image_layers il JOIN layers l ON l.key = il.layer WHERE il.image = ?", key
        ) { row throws(DatabaseError) in try row.digest(0) }
        return blobs + trees
    }

    /// An image needs the blob, or it holds a layer that only containers have left (their image was removed).
    func isBlobUsed(_ blob: Digest) throws -> Bool {
        try database.integer(
            """
            SELECT EXISTS(SELECT 1 FROM image_blobs WHERE blob = ?1) OR EXISTS(
                SELECT 1 FROM blobs b JOIN layers l ON l.diff = b.diff WHERE b.digest = ?1 AND l.images = 0)
            """,
            .digest(blob)
        ) != 0
    }

    func isTreeUsed(_ diffID: Digest) throws -> Bool {
        try database.integer("SELECT EXISTS(SELECT 1 FROM layers WHERE diff = ?)", .digest(diffID)) != 0
    }

    /// Bytes of the blobs of images.
    func blobBytes() throws -> Int64 {
        try database.integer(
            "SELECT sum(size) FROM blobs WHERE EXISTS (SELECT 1 FROM image_blobs WHERE blob = blobs.digest)"
        )
    }

    func forgetBlob(_ blob: Digest) throws {
        try database.run("DELETE FROM blobs WHERE digest = ?", .digest(blob))
        try database.run("DELETE FROM sources WHERE blob = ?", .digest(blob))
    }
}
