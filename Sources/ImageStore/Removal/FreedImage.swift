// SPDX-License-Identifier: Apache-2.0

import OCI

/// What deleting the rows of an image, or of a container, has set free.
struct FreedImage: Sendable {
    /// Layers that nothing uses any more, top first.
    var layers: [FreedLayer] = []
    var debts = StoreDebts()
}

/// A layer whose row is gone.
struct FreedLayer: Sendable {
    let chainID: Digest
    let diffID: Digest
    let size: Int64
}
