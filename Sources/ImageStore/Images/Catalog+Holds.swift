// SPDX-License-Identifier: Apache-2.0

import OCI

extension Catalog {
    /// Whether publishing `image` would change nothing: a pull of an unchanged tag, which is what most pulls are, then
    /// costs no transaction and no sync.
    func holds(_ image: Publication) throws -> Bool {
        guard !image.setsTagTime, image.parent == nil, try !isIndexStale(),
            let key = try key(of: image.configDescriptor.digest)
        else { return false }
        return try image.references.allSatisfy { try isNamed($0, key) }
            && image.blobs.allSatisfy { try isAttached($0.digest, key) && isRecorded($0, of: image) }
    }

    private func isNamed(_ new: NewReference, _ key: Int64) throws -> Bool {
        let name = try ImageReference(new.reference)
        return try database.integer(
            """
            SELECT EXISTS(SELECT 1 FROM refs
                WHERE name = ? AND image = ? AND target = ? AND target_type = ? AND target_size = ?)
            """,
            .text(name.canonical), .integer(key), .digest(new.target.digest), .text(new.target.mediaType.rawValue),
            .integer(new.target.size)
        ) != 0
    }

    private func isAttached(_ blob: Digest, _ key: Int64) throws -> Bool {
        try database.integer(
            "SELECT EXISTS(SELECT 1 FROM image_blobs WHERE image = ? AND blob = ?)", .integer(key), .digest(blob)
        ) != 0
    }

    private func isRecorded(_ blob: Descriptor, of image: Publication) throws -> Bool {
        let facts = image.layers.first { $0.blob.digest == blob.digest }?.facts
        return try knows(blob.digest, size: blob.size, facts: facts, sources: image.sources)
    }
}
