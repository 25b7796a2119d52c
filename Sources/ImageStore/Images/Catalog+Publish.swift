// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import DockerFormat
import OCI

extension Catalog {
    /// Writes the rows of an image and moves its references.
    func publish(_ image: Publication, now: Timestamp) throws -> PublishOutcome {
        let facts = Dictionary(image.layers.map { ($0.blob.digest, $0.facts) }, uniquingKeysWith: { first, _ in first })
        for blob in image.blobs {
            try record(
                blob.digest, size: blob.size, mediaType: blob.mediaType, facts: facts[blob.digest],
                sources: image.sources)
        }
        let id = image.configDescriptor.digest
        let known = try key(of: id)
        let key = try known ?? insert(image)
        var isChanged = known == nil
        for blob in image.blobs where try attach(blob.digest, to: key) { isChanged = true }
        if known != nil, let parent = image.parent {
            try database.run(
                "UPDATE images SET parent = ? WHERE key = ? AND parent IS NULL", .digest(parent), .integer(key)
            )
        }
        var changes: [ReferenceChange] = []
        for new in image.references {
            changes.append(try point(new.reference, at: key, target: new.target))
        }
        if image.setsTagTime { try setTagTime(now, image: key) }
        if isChanged { try bumpGeneration() }
        return PublishOutcome(imageID: id, isNew: known == nil, changes: changes)
    }

    /// Makes a reference name an image; counts as a change also where the image is the same and only the target differs,
    /// which index.json tells, too.
    func point(_ reference: Reference, at key: Int64, target: Descriptor) throws -> ReferenceChange {
        guard reference.familiarName != "sha256" else { throw StoreError.ambiguousTagName }
        let name = try ImageReference(reference)
        let old = try database.first(
            "SELECT r.image, i.id, r.target FROM refs r JOIN images i ON i.key = r.image WHERE r.name = ?",
            .text(name.canonical)
        ) { row throws(DatabaseError) in (image: row.integer(0), id: try row.digest(1), target: try row.digest(2)) }
        try database.run(
            """
            INSERT INTO refs(name, image, target, target_type, target_size) VALUES(?1, ?2, ?3, ?4, ?5)
            ON CONFLICT(name) DO UPDATE SET image = ?2, target = ?3, target_type = ?4, target_size = ?5
            """,
            .text(name.canonical), .integer(key), .digest(target.digest),
            .text(target.mediaType.rawValue), .integer(target.size)
        )
        if old?.image != key || old?.target != target.digest { try bumpGeneration() }
        try dropLostEntry(name.canonical)
        guard let old else { return ReferenceChange(reference: name, kind: .created) }
        return ReferenceChange(reference: name, kind: old.image == key ? .unchanged : .moved(from: old.id))
    }

    func setTagTime(_ time: Timestamp, image key: Int64) throws {
        try database.run(
            "UPDATE details SET tagged = ? WHERE image = ?", .integer(time.column), .integer(key)
        )
    }

    /// Whether the image did not have the blob yet.
    @discardableResult
    func attach(_ blob: Digest, to key: Int64) throws -> Bool {
        try database.run(
            "INSERT OR IGNORE INTO image_blobs(image, blob) VALUES(?, ?)", .integer(key), .digest(blob)
        ) > 0
    }

    // MARK: Rows of a new image

    private func insert(_ image: Publication) throws -> Int64 {
        let config = image.config
        let chainIDs = ChainID.chain(of: config.diffIDs)
        let created = config.created.flatMap { try? Timestamp(rfc3339: $0) }
        let size = image.layers.reduce(0) { $0 + $1.facts.size }
        try database.run(
            """
            INSERT INTO images(id, manifest, created, seconds, nanoseconds, size, os, architecture, variant, parent,
                origin) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .digest(image.configDescriptor.digest), .digest(image.manifest.digest), .optional(config.created),
            .integer(created?.unixSeconds ?? 0), .integer(Int64(created?.nanosecond ?? 0)), .integer(size),
            .text(config.os), .text(config.architecture), .nonEmpty(config.variant), .optional(image.parent),
            .integer(Int64(image.origin.rawValue))
        )
        let key = try requireKey(of: image.configDescriptor.digest)
        try insertDetails(of: image, key)
        try insertHistory(config.history ?? [], key)
        for (position, layer) in image.layers.enumerated() {
            try insertLayer(layer, chainID: chainIDs[position], position: position, key)
        }
        return key
    }

    private func insertDetails(of image: Publication, _ key: Int64) throws {
        let config = image.config
        try database.run(
            """
            INSERT INTO details(image, manifest_type, manifest_size, config_type, config_size, author, comment,
                docker_version, os_version) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(key), .text(image.manifest.mediaType.rawValue), .integer(image.manifest.size),
            .text(image.configDescriptor.mediaType.rawValue), .integer(image.configDescriptor.size),
            .nonEmpty(config.author), .nonEmpty(config.comment), .nonEmpty(config.dockerVersion),
            .nonEmpty(config.osVersion)
        )
        for (name, value) in config.config.labels ?? [:] {
            try database.run(
                "INSERT INTO labels(image, key, value) VALUES(?, ?, ?)", .integer(key), .text(name), .text(value)
            )
        }
    }

    private func insertHistory(_ history: [HistoryEntry], _ key: Int64) throws {
        for (position, entry) in history.enumerated() {
            try database.run(
                """
                INSERT INTO history(image, position, created, created_by, author, comment, empty)
                VALUES(?, ?, ?, ?, ?, ?, ?)
                """,
                .integer(key), .integer(Int64(position)), .optional(entry.created), .nonEmpty(entry.createdBy),
                .nonEmpty(entry.author), .nonEmpty(entry.comment), .flag(entry.emptyLayer)
            )
        }
    }

    private func insertLayer(_ layer: PublishedLayer, chainID: Digest, position: Int, _ key: Int64) throws {
        try database.run(
            """
            INSERT INTO layers(chain, diff, size, images) VALUES(?, ?, ?, 1)
            ON CONFLICT(chain) DO UPDATE SET images = images + 1
            """,
            .digest(chainID), .digest(layer.facts.diffID), .integer(layer.facts.size)
        )
        try database.run(
            """
            INSERT INTO image_layers(image, position, layer, blob)
            SELECT ?, ?, key, ? FROM layers WHERE chain = ?
            """,
            .integer(key), .integer(Int64(position)), .digest(layer.blob.digest), .digest(chainID)
        )
    }
}
