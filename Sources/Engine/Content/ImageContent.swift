// SPDX-License-Identifier: Apache-2.0
import OCI

/// An image as it leaves the store: its documents as they were received, and what they need.
struct ImageContent: Sendable {
    /// One platform's image, or something else that an index lists (an attestation).
    struct Part: Sendable {
        let document: RawDocument
        let manifest: Manifest
    }

    /// The image that the content was asked for.
    let imageID: Digest
    /// What a name of the image points to: an index, else the manifest.
    let root: RawDocument
    /// The manifests below the root; the root itself when it is one.
    let parts: [Part]

    /// Every config and layer, each once, in the order of the manifests.
    var blobs: [Descriptor] {
        var seen: Set<Digest> = []
        return parts.flatMap { [$0.manifest.config] + $0.manifest.layers }.filter { seen.insert($0.digest).inserted }
    }

    /// Index and manifests, each once.
    var documents: [RawDocument] {
        let children = parts.map(\.document).filter { $0.digest != root.digest }
        return children + [root]
    }

    /// The manifest of the image itself, not of another platform.
    var own: Part? {
        parts.first { $0.manifest.config.digest == imageID }
    }
}
