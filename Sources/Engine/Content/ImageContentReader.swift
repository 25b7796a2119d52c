// SPDX-License-Identifier: Apache-2.0
import ImageStore
import OCI

/// Finds out what of an image the store holds, and so can be sent on with its digests.
struct ImageContentReader: Sendable {
    let store: ImageStore
    /// Keeps what is found. Blobs of other platforms belong to other images, which may be removed meanwhile.
    let lease: Lease

    /// - Parameters:
    ///   - target: what the name points to, where a name was given.
    ///   - platform: only this platform's image, as one without an index.
    func content(of image: ImageSummary, target: Descriptor?, platform: Platform?) throws -> ImageContent {
        if let target, target.digest != image.manifestDigest, let root = try document(target),
            case .index(let index)? = try? ManifestDocument.parse(root.bytes, contentType: root.mediaType)
        {
            if let platform {
                if let chosen = platform.select(from: index.manifests), let part = try part(chosen) {
                    return ImageContent(imageID: part.manifest.config.digest, root: part.document, parts: [part])
                }
            } else if let parts = try parts(of: index) {
                return ImageContent(imageID: image.id, root: root, parts: parts)
            }
        }
        let (manifest, document) = try store.manifest(of: image.id)
        return ImageContent(
            imageID: image.id, root: document, parts: [ImageContent.Part(document: document, manifest: manifest)])
    }

    /// All manifests of an index with all they need; nil when anything is missing, as after the pull of one platform.
    private func parts(of index: ImageIndex) throws -> [ImageContent.Part]? {
        var parts: [ImageContent.Part] = []
        for descriptor in index.manifests {
            guard let part = try part(descriptor) else { return nil }
            parts.append(part)
        }
        return parts
    }

    private func part(_ descriptor: Descriptor) throws -> ImageContent.Part? {
        guard let document = try document(descriptor),
            let manifest = try? Manifest(parsing: document.bytes, contentType: document.mediaType)
        else { return nil }
        let blobs = ([manifest.config] + manifest.layers).filter { !$0.mediaType.isForeignLayer }
        try lease.protect(blobs.map(\.digest))
        for blob in blobs {
            guard try store.hasBlob(blob.digest, size: blob.size) else { return nil }
        }
        return ImageContent.Part(document: document, manifest: manifest)
    }

    private func document(_ descriptor: Descriptor) throws -> RawDocument? {
        try lease.protect([descriptor.digest])
        guard try store.hasBlob(descriptor.digest, size: descriptor.size) else { return nil }
        let bytes = try store.readBlob(descriptor.digest)
        return RawDocument(bytes: bytes, mediaType: descriptor.mediaType, digest: descriptor.digest)
    }
}
