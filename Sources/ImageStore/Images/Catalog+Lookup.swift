// SPDX-License-Identifier: Apache-2.0

import OCI

extension Catalog {
    /// The image an argument means, in docker's order (moby v28 `daemon/images/image.go`, GetImage): a full ID only as
    /// an ID; then a name; then the prefix of one ID. A prefix of several counts as not found.
    func resolve(_ argument: String) throws -> Digest? {
        let parsed: AnyReference
        do { parsed = try AnyReference(parsing: argument) } catch { throw StoreError.invalidReference(error) }
        switch parsed {
        case .digest(let digest):
            guard let id = digest.sha256, try key(of: id) != nil else { return nil }
            return id
        case .named(let reference):
            return try record(of: reference)?.imageID ?? image(withPrefix: argument)
        }
    }

    /// The name in docker's `No such image`.
    static func missingName(_ argument: String) -> String {
        switch try? AnyReference(parsing: argument) {
        case .digest(let digest): digest.description
        case .named(let reference): reference.withDefaultTag().familiar
        case nil: argument
        }
    }

    /// The exact reference, nil when it is not there (or is of a digest that no store can hold).
    func record(of reference: Reference) throws -> ReferenceRecord? {
        guard let name = try? ImageReference(reference) else { return nil }
        return try record(of: name)
    }

    func record(of name: ImageReference) throws -> ReferenceRecord? {
        try database.first(
            """
            SELECT r.name, i.id, r.target_type, r.target, r.target_size
            FROM refs r JOIN images i ON i.key = r.image WHERE r.name = ?
            """,
            .text(name.canonical)
        ) { row throws(DatabaseError) in try Self.referenceRecord(row) }
    }

    /// All references of a repository, tags first.
    func records(in repository: String) throws -> [ReferenceRecord] {
        // ';' follows ':' and 'A' follows '@': two ranges of the primary key.
        try database.rows(
            """
            SELECT r.name, i.id, r.target_type, r.target, r.target_size
            FROM refs r JOIN images i ON i.key = r.image
            WHERE (r.name >= ?1 || ':' AND r.name < ?1 || ';') OR (r.name >= ?1 || '@' AND r.name < ?1 || 'A')
            ORDER BY r.name
            """,
            .text(repository)
        ) { row throws(DatabaseError) in try Self.referenceRecord(row) }
    }

    /// The names of an image, sorted.
    func references(of key: Int64) throws -> [ImageReference] {
        try database.rows("SELECT name FROM refs WHERE image = ? ORDER BY name", .integer(key)) {
            ImageReference(stored: $0.text(0))
        }
    }

    private static func referenceRecord(_ row: borrowing Row) throws(DatabaseError) -> ReferenceRecord {
        ReferenceRecord(
            reference: ImageReference(stored: row.text(0)), imageID: try row.digest(1),
            target: Descriptor(
                mediaType: MediaType(rawValue: row.text(2)), digest: try row.digest(3), size: row.integer(4)
            )
        )
    }

    /// `abc`, `sha256:abc`: any length from one digit on.
    private func image(withPrefix text: String) throws -> Digest? {
        let prefix = text.hasPrefix("sha256:") ? text.dropFirst(7) : text[...]
        guard let range = Self.range(ofHexPrefix: prefix) else { return nil }
        let found = try database.rows(
            "SELECT id FROM images WHERE id BETWEEN ? AND ? LIMIT 2", .blob(range.low), .blob(range.high)
        ) { row throws(DatabaseError) in try row.digest(0) }
        return found.count == 1 ? found[0] : nil
    }

    /// The smallest and the largest digest with the prefix, nil when it is not lower-case hex.
    private static func range(ofHexPrefix prefix: Substring) -> (low: [UInt8], high: [UInt8])? {
        let digits = prefix.utf8.count
        guard (1...64).contains(digits) else { return nil }
        let low = prefix + String(repeating: "0", count: 64 - digits)
        let high = prefix + String(repeating: "f", count: 64 - digits)
        guard let first = try? Digest(hex: low), let last = try? Digest(hex: high) else { return nil }
        return (first.bytes, last.bytes)
    }
}
