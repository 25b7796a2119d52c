// SPDX-License-Identifier: Apache-2.0

import DockerFormat
import OCI

extension Catalog {
    func details(_ id: Digest) throws -> ImageDetails {
        guard var summary = try image(id) else { throw StoreError.noSuchImage(id.description) }
        let key = try requireKey(of: id)
        summary.labels = try labels(of: key)
        let manifestDigest = summary.manifestDigest
        let layers = try layers(of: key)
        let found = try database.first(
            """
            SELECT manifest_type, manifest_size, config_type, config_size, author, comment, docker_version, os_version,
                tagged FROM details WHERE image = ?
            """,
            .integer(key)
        ) { row in
            ImageDetails(
                summary: summary,
                manifest: Descriptor(
                    mediaType: MediaType(rawValue: row.text(0)), digest: manifestDigest, size: row.integer(1)
                ),
                config: Descriptor(mediaType: MediaType(rawValue: row.text(2)), digest: id, size: row.integer(3)),
                author: row.text(4), comment: row.text(5), dockerVersion: row.text(6), osVersion: row.text(7),
                lastTagged: row.optionalInteger(8).map { Timestamp(column: $0) }, layers: layers
            )
        }
        guard let found else { throw StoreError.noSuchImage(id.description) }
        return found
    }

    /// Base first.
    func layers(of key: Int64) throws -> [LayerRecord] {
        try database.rows(
            """
            SELECT l.chain, l.diff, l.size, il.blob, b.size, b.media_type FROM image_layers il
            JOIN layers l ON l.key = il.layer LEFT JOIN blobs b ON b.digest = il.blob
            WHERE il.image = ? ORDER BY il.position
            """,
            .integer(key)
        ) { row throws(DatabaseError) in
            LayerRecord(
                chainID: try row.digest(0), diffID: try row.digest(1), size: row.integer(2), blob: try row.digest(3),
                compressedSize: row.integer(4), mediaType: MediaType(rawValue: row.text(5))
            )
        }
    }

    /// A layer by its chain ID, with any blob that inflates to it.
    func layer(chainID: Digest) throws -> LayerRecord {
        let found = try database.first(
            """
            SELECT l.diff, l.size, b.digest, b.size, b.media_type FROM layers l JOIN blobs b ON b.diff = l.diff
            WHERE l.chain = ? ORDER BY b.damaged, b.digest LIMIT 1
            """,
            .digest(chainID)
        ) { row throws(DatabaseError) in
            LayerRecord(
                chainID: chainID, diffID: try row.digest(0), size: row.integer(1), blob: try row.digest(2),
                compressedSize: row.integer(3), mediaType: MediaType(rawValue: row.text(4))
            )
        }
        guard let found else { throw StoreError.blobMissing(chainID) }
        return found
    }

    /// Newest first, sizes, image IDs and tags filled in (moby v28 `daemon/images/image_history.go`).
    func history(_ id: Digest) throws -> [HistoryRow] {
        let key = try requireKey(of: id)
        var sizes = try layers(of: key).map(\.size)[...]
        var rows = try database.rows(
            "SELECT created, created_by, author, comment, empty FROM history WHERE image = ? ORDER BY position",
            .integer(key)
        ) { row in
            HistoryRow(
                imageID: nil, created: row.optionalText(0), createdBy: row.text(1), author: row.text(2),
                comment: row.text(3), size: 0, isEmptyLayer: row.flag(4), tags: []
            )
        }
        for index in rows.indices where !rows[index].isEmptyLayer {
            guard let size = sizes.popFirst() else { throw StoreError.historyMismatch }
            rows[index].size = size
        }
        rows.reverse()
        var next: ImageSummary? = try image(id)
        for index in rows.indices {
            guard let image = next else { break }
            rows[index].imageID = image.id
            rows[index].tags = image.references.filter { !$0.isDigest }.map(\.familiar)
            next = try image.parent.flatMap { try self.image($0) }
        }
        return rows
    }
}
