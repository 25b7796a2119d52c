// SPDX-License-Identifier: Apache-2.0
import OCI

/// The documents of one image, each verified against its digest.
struct ImageDocuments: Sendable {
    /// What the reference points to: the index the image was chosen from, else its manifest.
    let root: Descriptor
    let manifest: Manifest
    let manifestDescriptor: Descriptor

    var index: Descriptor? {
        root.digest == manifestDescriptor.digest ? nil : root
    }
}
