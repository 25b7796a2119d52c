// SPDX-License-Identifier: Apache-2.0

import OCI

extension Catalog {
    /// Four aggregates; nothing is read image by image but the few that have containers.
    func diskUsage() throws -> DiskUsage {
        var usage = DiskUsage()
        let hidden = try database.integer(
            """
            SELECT count(*) FROM images i WHERE id IN (SELECT parent FROM images WHERE parent IS NOT NULL)
            AND NOT EXISTS (SELECT 1 FROM refs WHERE image = i.key)
            """
        )
        usage.imageCount = Int(try database.integer("SELECT count(*) FROM images") - hidden)
        usage.layersSize = try database.integer("SELECT sum(size) FROM layers WHERE images > 0")
        let active = try database.rows(
            "SELECT key, size FROM images WHERE id IN (SELECT image FROM containers WHERE image IS NOT NULL)"
        ) { ($0.integer(0), $0.integer(1)) }
        usage.activeImageCount = active.count
        for (key, size) in active {
            let shared = try database.integer(
                """
                SELECT sum(l.size) FROM image_layers il JOIN layers l ON l.key = il.layer
                WHERE il.image = ? AND l.images > 1
                """,
                .integer(key)
            )
            usage.activeUniqueSize += size - shared
        }
        return usage
    }
}
