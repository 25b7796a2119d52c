// SPDX-License-Identifier: Apache-2.0
import ImageStore
import OCI

extension PushOperation {
    /// What to push, everything of it protected and in a form that registries take.
    func content(of record: ReferenceRecord, lease: Lease) async throws -> ImageContent {
        let store = store, request = request
        return try await pool.run {
            try lease.protect(image: record.imageID, in: store)
            guard let image = try store.image(id: record.imageID) else {
                throw StoreError.noSuchImage(record.reference.familiar)
            }
            let content = try ImageContentReader(store: store, lease: lease).content(
                of: image, target: record.target, platform: request.platform)
            try requirePlatform(content, record)
            return try PushPreparation(store: store, lease: lease).prepare(content, of: image)
        }
    }

    private func requirePlatform(_ content: ImageContent, _ record: ReferenceRecord) throws {
        guard let wanted = request.platform else { return }
        let config = try ImageConfig(parsing: try store.readBlob(content.imageID))
        guard !wanted.matches(config.platform) else { return }
        throw EngineError(
            "image with reference \(record.reference.familiar) was found but its platform (\(config.platform)) "
                + "does not match the specified platform (\(wanted.normalized()))", phase: .stream)
    }
}

/// Makes an image that was made or loaded here with uncompressed layers fit for a registry. All others stay as they are.
struct PushPreparation {
    let store: ImageStore
    let lease: Lease

    func prepare(_ content: ImageContent, of image: ImageSummary) throws -> ImageContent {
        guard image.origin != .pulled, content.parts.count == 1, let part = content.parts.first,
            content.root.digest == part.document.digest, part.manifest.layers.contains(where: isPlain)
        else { return content }
        let compressor = LayerCompressor(store: store, lease: lease, threads: Self.threads)
        var layers: [PublishedLayer] = []
        for layer in part.manifest.layers {
            let facts = try store.facts(of: layer.digest) ?? LayerFactsReader.read(layer, from: store)
            let blob = isPlain(layer) ? try compressor.compressed(layer, facts: facts) : layer
            layers.append(PublishedLayer(blob: blob, facts: facts))
        }
        return try rebuilt(part, layers: layers)
    }

    private static let threads = 4

    private func isPlain(_ layer: Descriptor) -> Bool {
        layer.mediaType.layerCompression == LayerCompression.none
    }

    /// The image keeps what was made for it, so that the next push finds it.
    private func rebuilt(_ part: ImageContent.Part, layers: [PublishedLayer]) throws -> ImageContent {
        let (config, document) = try store.config(of: part.manifest.config.digest)
        let manifest = ManifestBuilder.manifest(config: document.descriptor, layers: layers.map(\.blob))
        try store.putBlob(manifest.bytes, digest: manifest.digest, mediaType: manifest.mediaType, lease: lease)
        _ = try store.publish(
            Publication(
                manifest: manifest.descriptor, config: config, configDescriptor: document.descriptor, layers: layers,
                origin: .created),
            lease: lease)
        let parsed = try Manifest(parsing: manifest.bytes, contentType: manifest.mediaType)
        return ImageContent(
            imageID: document.digest, root: manifest, parts: [ImageContent.Part(document: manifest, manifest: parsed)])
    }
}
