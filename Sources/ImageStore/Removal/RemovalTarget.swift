// SPDX-License-Identifier: Apache-2.0

import OCI

/// An image about to be removed, with its names.
struct RemovalTarget {
    let id: Digest
    /// Sorted by canonical text.
    let references: [ImageReference]

    init(_ id: Digest, _ catalog: Catalog) throws {
        self.id = id
        references = try catalog.references(of: catalog.requireKey(of: id))
    }

    /// At most one name; or one tag beside digests of its repository only; or digests of one repository only
    /// (moby's `isSingleReference`).
    var hasSingleReference: Bool {
        guard references.count > 1 else { return true }
        let tags = references.filter { !$0.isDigest }
        let digestRepositories = Set(references.filter(\.isDigest).map(\.repository))
        guard tags.count <= 1, digestRepositories.count == 1 else { return false }
        return tags.allSatisfy { digestRepositories.contains($0.repository) }
    }
}
