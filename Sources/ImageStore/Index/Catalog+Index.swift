// SPDX-License-Identifier: Apache-2.0

import OCI

extension Catalog {
    /// The bytes of index.json and the generation of the catalog they show.
    func ociIndex() throws -> (bytes: [UInt8], generation: Int64) {
        let generation = try database.integer("SELECT value FROM meta WHERE key = 'generation'")
        let sources = try manifestSources()
        var writer = OCIIndexWriter()
        try database.forEach(
            """
            SELECT r.target_type, r.target, r.target_size, r.name, i.id, i.parent, r.target <> i.manifest
            FROM refs r JOIN images i ON i.key = r.image ORDER BY r.name
            """
        ) { row throws(DatabaseError) in
            let digest = try row.digest(1)
            writer.add(
                OCIIndexEntry(
                    mediaType: row.text(0), digest: digest, size: row.integer(2), reference: row.text(3),
                    image: row.flag(6) ? row.optionalDigest(4) : nil, parent: row.optionalDigest(5),
                    sources: sources[digest] ?? []
                )
            )
        }
        try database.forEach(
            """
            SELECT d.manifest_type, i.manifest, d.manifest_size, i.parent FROM images i JOIN details d ON d.image = i.key
            WHERE NOT EXISTS (SELECT 1 FROM refs WHERE image = i.key) ORDER BY i.key
            """
        ) { row throws(DatabaseError) in
            let digest = try row.digest(1)
            writer.add(
                OCIIndexEntry(
                    mediaType: row.text(0), digest: digest, size: row.integer(2), reference: nil, image: nil,
                    parent: row.optionalDigest(3), sources: sources[digest] ?? []
                )
            )
        }
        for entry in try lostEntries() { writer.add(entry) }
        return (writer.finish(), generation)
    }

    /// The repositories that have the manifests and indexes of images.
    private func manifestSources() throws -> [Digest: [BlobSource]] {
        var sources: [Digest: [BlobSource]] = [:]
        try database.forEach(
            """
            SELECT blob, host, repository FROM sources
            WHERE blob IN (SELECT target FROM refs UNION SELECT manifest FROM images) ORDER BY blob, host, repository
            """
        ) { row throws(DatabaseError) in
            let source = BlobSource(host: row.text(1), repository: row.text(2))
            sources[try row.digest(0), default: []].append(source)
        }
        return sources
    }

    func setIndexed(generation: Int64) throws {
        try database.run("UPDATE meta SET value = ? WHERE key = 'indexed'", .integer(generation))
    }
}
