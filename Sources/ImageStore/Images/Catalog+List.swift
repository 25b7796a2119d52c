// SPDX-License-Identifier: Apache-2.0

import DockerFormat
import OCI

extension Catalog {
    private static let summaryColumns = """
        key, id, manifest, created, seconds, nanoseconds, size, os, architecture, variant, parent, origin, pinned, used
        """

    /// All images, newest first. A listing of 10 000 is four scans joined in memory: one query with joins and
    /// correlated subqueries takes several times as long.
    func images(_ options: ListOptions) throws -> [ImageSummary] {
        var images: [ImageSummary] = []
        var keys: [Int64] = []
        var places: [Int64: Int] = [:]
        try database.forEach(
            "SELECT \(Self.summaryColumns) FROM images ORDER BY seconds DESC, nanoseconds DESC, id"
        ) { row throws(DatabaseError) in
            keys.append(row.integer(0))
            images.append(try Self.summary(row))
        }
        places.reserveCapacity(keys.count)
        for (place, key) in keys.enumerated() { places[key] = place }
        try database.forEach("SELECT image, name, is_digest FROM refs ORDER BY name") { row in
            guard let place = places[row.integer(0)] else { return }
            images[place].references.append(ImageReference(stored: row.text(1), isDigest: row.flag(2)))
        }
        let parents = Set(
            try database.rows("SELECT DISTINCT parent FROM images WHERE parent IS NOT NULL") { $0.optionalDigest(0) }
        )
        if !parents.isEmpty {
            for place in images.indices { images[place].hasChildren = parents.contains(images[place].id) }
        }
        if options.withLabels { try addLabels(to: &images, places) }
        if options.withUsage { try addUsage(to: &images, places) }
        if !options.includesIntermediates, !parents.isEmpty {
            images.removeAll { $0.isUnreferenced && $0.hasChildren }
        }
        return images
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

    private func addLabels(to images: inout [ImageSummary], _ places: [Int64: Int]) throws {
        for place in images.indices { images[place].labels = [:] }
        try database.forEach("SELECT image, key, value FROM labels") { row in
            guard let place = places[row.integer(0)] else { return }
            images[place].labels?[row.text(1)] = row.text(2)
        }
    }

    private func addUsage(to images: inout [ImageSummary], _ places: [Int64: Int]) throws {
        for place in images.indices {
            images[place].sharedSize = 0
            images[place].containers = 0
        }
        try database.forEach(
            """
            SELECT il.image, sum(l.size) FROM image_layers il JOIN layers l ON l.key = il.layer
            WHERE l.images > 1 GROUP BY il.image
            """
        ) { row in
            if let place = places[row.integer(0)] { images[place].sharedSize = row.integer(1) }
        }
        try database.forEach(
            "SELECT i.key, count(*) FROM containers c JOIN images i ON i.id = c.image GROUP BY c.image"
        ) { row in
            if let place = places[row.integer(0)] { images[place].containers = Int(row.integer(1)) }
        }
    }

    private static func summary(_ row: borrowing Row) throws(DatabaseError) -> ImageSummary {
        ImageSummary(
            id: try row.digest(1), manifestDigest: try row.digest(2), created: row.optionalText(3),
            createdAt: Timestamp(unixSeconds: row.integer(4), nanosecond: Int32(truncatingIfNeeded: row.integer(5))),
            size: row.integer(6), os: row.text(7), architecture: row.text(8), variant: row.optionalText(9),
            parent: row.optionalDigest(10), origin: ImageOrigin(rawValue: Int(row.integer(11))) ?? .pulled,
            isPinned: row.flag(12), lastUsed: row.integer(13), hasChildren: false, references: [], labels: nil,
            sharedSize: nil, containers: nil
        )
    }
}
