// SPDX-License-Identifier: Apache-2.0

import OCI

/// Work that follows a change of the catalog, done at once or at the end of a batch.
struct StoreDebts: Sendable {
    /// index.json is older than the references.
    var staleIndex = false
    /// Blobs and layer trees that lost a user and may be free now.
    var blobs: Set<Digest> = []
    var trees: Set<Digest> = []

    var isEmpty: Bool { !staleIndex && blobs.isEmpty && trees.isEmpty }

    mutating func add(_ other: StoreDebts) {
        staleIndex = staleIndex || other.staleIndex
        blobs.formUnion(other.blobs)
        trees.formUnion(other.trees)
    }
}
