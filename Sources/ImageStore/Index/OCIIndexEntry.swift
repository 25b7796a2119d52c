// SPDX-License-Identifier: Apache-2.0

import OCI

/// One descriptor of index.json.
struct OCIIndexEntry: Hashable {
    var mediaType: String
    var digest: Digest
    var size: Int64
    /// Canonical; nil for an image without references.
    var reference: String?
    var image: Digest?
    var parent: Digest?
    /// Repositories that have the document, sorted.
    var sources: [BlobSource] = []

    var target: Descriptor {
        Descriptor(mediaType: MediaType(rawValue: mediaType), digest: digest, size: size)
    }

    /// What tells an entry from the others: its name as the catalog writes it, else its digest.
    var key: String {
        guard let reference else { return digest.description }
        return (try? ImageReference(Reference(normalizing: reference)))?.canonical ?? reference
    }
}
