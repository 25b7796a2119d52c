// SPDX-License-Identifier: Apache-2.0

import OCI

/// One descriptor of index.json.
struct OCIIndexEntry {
    var mediaType: String
    var digest: Digest
    var size: Int64
    /// Canonical; nil for an image without references.
    var reference: String?
    var image: Digest?
    var parent: Digest?

    var target: Descriptor {
        Descriptor(mediaType: MediaType(rawValue: mediaType), digest: digest, size: size)
    }
}
