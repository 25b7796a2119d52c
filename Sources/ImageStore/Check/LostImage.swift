// SPDX-License-Identifier: Apache-2.0

import OCI

/// An image that index.json names and the catalog lacks: the catalog was lost, and something of the image, too. It
/// stays in index.json until it is restored, until its name is given to another image, or `untag` takes the name away.
public struct LostImage: Hashable, Sendable {
    let entry: OCIIndexEntry

    /// The reference, or the digest of an image without one.
    public var name: String { entry.reference ?? entry.digest.description }
    /// Repositories that have the image.
    public var sources: [BlobSource] { entry.sources }
    /// Nobody would miss it: it has no name.
    public var isDangling: Bool { entry.reference == nil }
}
