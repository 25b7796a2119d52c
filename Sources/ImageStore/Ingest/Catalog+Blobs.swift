// SPDX-License-Identifier: Apache-2.0

import OCI

extension Catalog {
    private static let blobColumns = "digest, size, media_type, diff, tar_size, layer_size, damaged"

    func blob(_ digest: Digest) throws -> BlobRecord? {
        let found = try database.first("SELECT \(Self.blobColumns) FROM blobs WHERE digest = ?", .digest(digest)) {
            row throws(DatabaseError) in try Self.blobRecord(row)
        }
        guard var record = found else { return nil }
        record.sources = try sources(of: digest)
        return record
    }

    /// The blobs that inflate to the layer.
    func blobs(diffID: Digest) throws -> [BlobRecord] {
        var records = try database.rows(
            "SELECT \(Self.blobColumns) FROM blobs WHERE diff = ? ORDER BY digest", .digest(diffID)
        ) { row throws(DatabaseError) in try Self.blobRecord(row) }
        for index in records.indices { records[index].sources = try sources(of: records[index].digest) }
        return records
    }

    /// Notes a blob that is in the store; facts known before are kept when `facts` is nil.
    func record(
        _ digest: Digest, size: Int64, mediaType: MediaType, facts: LayerFacts?, sources: [BlobSource] = []
    ) throws {
        try database.run(
            """
            INSERT INTO blobs(digest, size, media_type, diff, tar_size, layer_size) VALUES(?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT(digest) DO UPDATE SET diff = coalesce(?4, diff), tar_size = coalesce(?5, tar_size),
                layer_size = coalesce(?6, layer_size), size = ?2
            """,
            .digest(digest), .integer(size), .text(mediaType.rawValue), .optional(facts?.diffID),
            .optional(facts?.uncompressedSize), .optional(facts?.size)
        )
        for source in sources { try add(source, to: digest) }
    }

    /// Whether `record` would change nothing.
    func knows(_ digest: Digest, size: Int64, facts: LayerFacts?, sources: [BlobSource]) throws -> Bool {
        guard let known = try blob(digest), known.size == size else { return false }
        return (facts == nil || facts == known.facts) && sources.allSatisfy(known.sources.contains)
    }

    func add(_ source: BlobSource, to blob: Digest) throws {
        let isNew =
            try database.run(
                "INSERT OR IGNORE INTO sources(blob, host, repository) VALUES(?, ?, ?)",
                .digest(blob), .text(source.host), .text(source.repository)
            ) > 0
        // index.json tells the sources of images.
        if isNew, try isOfImage(blob) { try bumpGeneration() }
    }

    private func isOfImage(_ blob: Digest) throws -> Bool {
        try database.integer("SELECT EXISTS(SELECT 1 FROM image_blobs WHERE blob = ?)", .digest(blob)) != 0
    }

    func setDamaged(_ isDamaged: Bool, _ blob: Digest) throws {
        try database.run("UPDATE blobs SET damaged = ? WHERE digest = ?", .flag(isDamaged), .digest(blob))
    }

    private func sources(of blob: Digest) throws -> [BlobSource] {
        try database.rows(
            "SELECT host, repository FROM sources WHERE blob = ? ORDER BY host, repository", .digest(blob)
        ) { BlobSource(host: $0.text(0), repository: $0.text(1)) }
    }

    private static func blobRecord(_ row: borrowing Row) throws(DatabaseError) -> BlobRecord {
        var facts: LayerFacts?
        if let diffID = row.optionalDigest(3) {
            facts = LayerFacts(diffID: diffID, uncompressedSize: row.integer(4), size: row.integer(5))
        }
        return BlobRecord(
            digest: try row.digest(0), size: row.integer(1), mediaType: MediaType(rawValue: row.text(2)),
            facts: facts, sources: [], isDamaged: row.flag(6)
        )
    }
}
