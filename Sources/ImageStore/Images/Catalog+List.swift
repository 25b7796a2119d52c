// SPDX-License-Identifier: Apache-2.0

import DockerFormat
import OCI

extension Catalog {
    private static let summaryColumns = """
        key, id, manifest, created, seconds, nanoseconds, size, os, architecture, variant, parent, origin, pinned
        """

    /// All images, newest first: a few scans in the order of row numbers, merged in memory. One query with joins and
    /// correlated subqueries takes several times as long at 10 000 images, and so does sorting wide rows in SQLite.
    func images(_ options: ListOptions) throws -> [ImageSummary] {
        var rows = ImageRows(capacity: Int(try database.integer("SELECT count(*) FROM images")))
        try database.forEach("SELECT \(Self.summaryColumns) FROM images ORDER BY key") { row throws(DatabaseError) in
            rows.append(try Self.summary(row), key: row.integer(0))
        }
        // From the index alone: `refs_image` holds the primary key too.
        try database.forEach("SELECT image, name FROM refs INDEXED BY refs_image ORDER BY image, name") { row in
            let name = ImageReference(stored: row.text(1))
            rows.update(key: row.integer(0)) { $0.references.append(name) }
        }
        if options.withLabels { try addLabels(to: &rows) }
        if options.withUsage { try addSharedSizes(to: &rows) }
        if options.withUsage || options.withContainers { try addContainers(to: &rows) }
        let parents = Set(
            try database.rows("SELECT DISTINCT parent FROM images WHERE parent IS NOT NULL") { $0.optionalDigest(0) }
        )
        guard !parents.isEmpty else { return rows.sorted() }
        rows.updateAll { $0.hasChildren = parents.contains($0.id) }
        let images = rows.sorted()
        return options.includesIntermediates ? images : images.filter { !$0.isUnreferenced || !$0.hasChildren }
    }

    func image(_ id: Digest) throws -> ImageSummary? {
        let found = try database.first("SELECT \(Self.summaryColumns) FROM images WHERE id = ?", .digest(id)) {
            row throws(DatabaseError) in (row.integer(0), try Self.summary(row))
        }
        guard case (let key, var summary)? = found else { return nil }
        summary.references = try references(of: key)
        summary.hasChildren = try hasChildren(id)
        return summary
    }

    func hasChildren(_ id: Digest) throws -> Bool {
        try database.integer("SELECT EXISTS(SELECT 1 FROM images WHERE parent = ?)", .digest(id)) != 0
    }

    func labels(of key: Int64) throws -> [String: String] {
        var labels: [String: String] = [:]
        try database.forEach("SELECT key, value FROM labels WHERE image = ?", [.integer(key)]) {
            labels[$0.text(0)] = $0.text(1)
        }
        return labels
    }

    private func addLabels(to rows: inout ImageRows) throws {
        rows.updateAll { $0.labels = [:] }
        rows.rewind()
        try database.forEach("SELECT image, key, value FROM labels ORDER BY image") { row in
            let (name, value) = (row.text(1), row.text(2))
            rows.update(key: row.integer(0)) { $0.labels?[name] = value }
        }
    }

    private func addSharedSizes(to rows: inout ImageRows) throws {
        rows.updateAll { $0.sharedSize = 0 }
        rows.rewind()
        try database.forEach(
            """
            SELECT il.image, l.size FROM image_layers il JOIN layers l ON l.key = il.layer
            WHERE l.images > 1 ORDER BY il.image
            """
        ) { row in
            let size = row.integer(1)
            rows.update(key: row.integer(0)) { $0.sharedSize = ($0.sharedSize ?? 0) + size }
        }
    }

    private func addContainers(to rows: inout ImageRows) throws {
        rows.updateAll { $0.containers = 0 }
        rows.rewind()
        try database.forEach(
            "SELECT i.key, count(*) FROM containers c JOIN images i ON i.id = c.image GROUP BY i.key ORDER BY i.key"
        ) { row in
            let count = Int(row.integer(1))
            rows.update(key: row.integer(0)) { $0.containers = count }
        }
    }

    private static func summary(_ row: borrowing Row) throws(DatabaseError) -> ImageSummary {
        ImageSummary(
            id: try row.digest(1), manifestDigest: try row.digest(2), created: row.optionalText(3),
            createdAt: Timestamp(unixSeconds: row.integer(4), nanosecond: Int32(truncatingIfNeeded: row.integer(5))),
            size: row.integer(6), os: row.text(7), architecture: row.text(8), variant: row.optionalText(9),
            parent: row.optionalDigest(10), origin: ImageOrigin(rawValue: Int(row.integer(11))) ?? .pulled,
            isPinned: row.flag(12), hasChildren: false, references: [], labels: nil,
            sharedSize: nil, containers: nil
        )
    }
}
