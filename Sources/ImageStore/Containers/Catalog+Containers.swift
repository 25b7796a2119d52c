// SPDX-License-Identifier: Apache-2.0

import DockerFormat
import OCI

extension Catalog {
    private static let columns = "id, name, image, running, created, document"

    func insert(_ container: ContainerRecord) throws {
        if let image = container.imageID { _ = try requireKey(of: image) }
        for image in container.mountedImages { _ = try requireKey(of: image) }
        try requireFree(name: container.name, for: container.id)
        try database.run(
            "INSERT INTO containers(\(Self.columns)) VALUES(?, ?, ?, ?, ?, ?)",
            .text(container.id), .text(container.name), .optional(container.imageID), .flag(container.isRunning),
            .integer(container.created.column), .blob(container.document)
        )
        try insertUses(container)
    }

    func update(_ container: ContainerRecord) throws {
        try requireFree(name: container.name, for: container.id)
        try database.run(
            "UPDATE containers SET name = ?, image = ?, running = ?, created = ?, document = ? WHERE id = ?",
            .text(container.name), .optional(container.imageID), .flag(container.isRunning),
            .integer(container.created.column), .blob(container.document), .text(container.id)
        )
    }

    /// Writes again what the container uses; gives the layers it used before.
    func replaceUses(_ container: ContainerRecord) throws -> [Int64] {
        let layers = try layerKeys(of: container.id)
        for table in ["container_layers", "container_mounts", "container_volumes"] {
            try database.run("DELETE FROM \(table) WHERE container = ?", .text(container.id))
        }
        try insertUses(container)
        return layers
    }

    /// Nil when there is no such container.
    func deleteContainer(_ id: String) throws -> FreedImage? {
        let layers = try layerKeys(of: id)
        guard try database.run("DELETE FROM containers WHERE id = ?", .text(id)) > 0 else { return nil }
        var freed = FreedImage()
        try release(layers, into: &freed)
        return freed
    }

    /// By full ID.
    func container(id: String) throws -> ContainerRecord? {
        let found = try database.first("SELECT \(Self.columns) FROM containers WHERE id = ?", .text(id)) {
            Self.record($0)
        }
        return try found.map { try withUses($0) }
    }

    /// The ID that an argument means: a full ID, a name, or the prefix of one ID (moby `daemon/container.go`).
    func containerID(matching argument: String) throws -> String? {
        let exact = try database.first(
            "SELECT id FROM containers WHERE id = ?1 OR name = ?2 ORDER BY id = ?1 DESC", .text(argument),
            .text(argument.hasPrefix("/") ? String(argument.dropFirst()) : argument)
        ) { $0.text(0) }
        if let exact { return exact }
        guard !argument.isEmpty else { return nil }
        let found = try database.rows(
            "SELECT id FROM containers WHERE id >= ?1 AND id < ?1 || 'g' LIMIT 2", .text(argument)
        ) { $0.text(0) }.filter { $0.hasPrefix(argument) }
        return found.count == 1 ? found[0] : nil
    }

    /// Newest first.
    func containers() throws -> [ContainerRecord] {
        let records = try database.rows(
            "SELECT \(Self.columns) FROM containers ORDER BY created DESC, id"
        ) { Self.record($0) }
        return try records.map { try withUses($0) }
    }

    // MARK: Parts

    private func requireFree(name: String, for id: String) throws {
        let holder = try database.first("SELECT id FROM containers WHERE name = ?", .text(name)) { $0.text(0) }
        if let holder, holder != id { throw StoreError.containerNameInUse(name: name, by: holder) }
    }

    private func insertUses(_ container: ContainerRecord) throws {
        for (position, chainID) in container.chainIDs.enumerated() {
            let count = try database.run(
                """
                INSERT INTO container_layers(container, position, layer) SELECT ?, ?, key FROM layers WHERE chain = ?
                """,
                .text(container.id), .integer(Int64(position)), .digest(chainID)
            )
            guard count == 1 else {
                throw StoreError.noSuchImage(container.imageID?.description ?? chainID.description)
            }
        }
        for image in Set(container.mountedImages) {
            try database.run(
                "INSERT INTO container_mounts(container, image) VALUES(?, ?)", .text(container.id), .digest(image)
            )
        }
        for volume in Set(container.volumes) {
            try database.run(
                "INSERT INTO container_volumes(container, volume) VALUES(?, ?)", .text(container.id), .text(volume)
            )
        }
    }

    private func layerKeys(of id: String) throws -> [Int64] {
        try database.rows(
            "SELECT layer FROM container_layers WHERE container = ? ORDER BY position DESC", .text(id)
        ) { $0.integer(0) }
    }

    private static func record(_ row: borrowing Row) -> ContainerRecord {
        ContainerRecord(
            id: row.text(0), name: row.text(1), imageID: row.optionalDigest(2), isRunning: row.flag(3),
            created: Timestamp(column: row.integer(4)), document: row.bytes(5)
        )
    }

    private func withUses(_ record: ContainerRecord) throws -> ContainerRecord {
        var record = record
        let id = SQLValue.text(record.id)
        record.chainIDs = try database.rows(
            """
            SELECT l.chain FROM container_layers c JOIN layers l ON l.key = c.layer WHERE c.container = ?
            ORDER BY c.position
            """,
            id
        ) { row throws(DatabaseError) in try row.digest(0) }
        record.mountedImages = try database.rows(
            "SELECT image FROM container_mounts WHERE container = ? ORDER BY image", id
        ) { row throws(DatabaseError) in try row.digest(0) }
        record.volumes = try database.rows(
            "SELECT volume FROM container_volumes WHERE container = ? ORDER BY volume", id
        ) { $0.text(0) }
        return record
    }
}
