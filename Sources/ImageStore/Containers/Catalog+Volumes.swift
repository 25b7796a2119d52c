// SPDX-License-Identifier: Apache-2.0

import DockerFormat

extension Catalog {
    private static let query = """
        SELECT name, anonymous, created, document,
            (SELECT count(*) FROM container_volumes WHERE volume = name) FROM volumes
        """

    /// Whether it is new.
    func insert(_ volume: VolumeRecord) throws -> Bool {
        try database.run(
            "INSERT OR IGNORE INTO volumes(name, anonymous, created, document) VALUES(?, ?, ?, ?)",
            .text(volume.name), .flag(volume.isAnonymous), .integer(volume.created.column),
            .blob(volume.document)
        ) > 0
    }

    func volume(_ name: String) throws -> VolumeRecord? {
        try database.first("\(Self.query) WHERE name = ?", .text(name)) { Self.record($0) }
    }

    /// Sorted by name.
    func volumes() throws -> [VolumeRecord] {
        try database.rows("\(Self.query) ORDER BY name") { Self.record($0) }
    }

    func deleteVolume(_ name: String) throws {
        let users = try database.rows(
            "SELECT container FROM container_volumes WHERE volume = ? ORDER BY container", .text(name)
        ) { $0.text(0) }
        guard users.isEmpty else { throw StoreError.volumeInUse(name: name, by: users) }
        guard try database.run("DELETE FROM volumes WHERE name = ?", .text(name)) > 0 else {
            throw StoreError.noSuchVolume(name)
        }
    }

    private static func record(_ row: borrowing Row) -> VolumeRecord {
        var volume = VolumeRecord(
            name: row.text(0), isAnonymous: row.flag(1), created: Timestamp(column: row.integer(2)),
            document: row.bytes(3)
        )
        volume.links = Int(row.integer(4))
        return volume
    }
}
