// SPDX-License-Identifier: Apache-2.0

import OCI

extension Catalog {
    /// Whether it was there.
    func dropReference(_ name: ImageReference) throws -> Bool {
        let wasLost = try dropLostEntry(name.canonical)
        return try database.run("DELETE FROM refs WHERE name = ?", .text(name.canonical)) > 0 || wasLost
    }

    func isPinned(_ image: Digest) throws -> Bool {
        try database.integer("SELECT EXISTS(SELECT 1 FROM images WHERE id = ? AND pinned)", .digest(image)) != 0
    }
}
