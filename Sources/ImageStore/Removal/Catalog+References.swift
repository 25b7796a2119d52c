// SPDX-License-Identifier: Apache-2.0

import OCI

extension Catalog {
    /// Whether it was there.
    func dropReference(_ name: ImageReference) throws -> Bool {
        try database.run("DELETE FROM refs WHERE name = ?", .text(name.canonical)) > 0
    }
}
