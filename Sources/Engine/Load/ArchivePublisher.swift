// SPDX-License-Identifier: Apache-2.0
import ImageStore
import OCI

/// Gives the images of an archive, which have been checked, their place in the store.
struct ArchivePublisher {
    let batch: BlobBatch

    /// All or none of them.
    func publish(_ images: [LoadableImage]) throws -> [PublishOutcome] {
        for image in images {
            try add(image.manifest, image.configDocument, image.layers)
            for other in image.others { try add(other.manifest, other.config, other.layers) }
            if let index = image.index { try add(index) }
        }
        return try batch.publish(images.map(publication))
    }

    private func publication(_ image: LoadableImage) -> Publication {
        var publication = Publication(
            manifest: image.manifest.descriptor, config: image.config,
            configDescriptor: image.configDocument.descriptor,
            layers: image.layers.map { PublishedLayer(blob: $0.descriptor, facts: $0.facts) },
            index: image.index?.descriptor, references: image.names.map { NewReference($0, target: image.root) },
            origin: .loaded, setsTagTime: true)
        publication.related = image.others.flatMap {
            [$0.manifest.descriptor, $0.config.descriptor] + $0.layers.map(\.descriptor)
        }
        return publication
    }

    private func add(_ manifest: RawDocument, _ config: RawDocument, _ layers: [LoadableLayer]) throws {
        for layer in layers {
            guard let staged = layer.staged else { continue }
            batch.add(staged.file, mediaType: layer.descriptor.mediaType, facts: layer.facts)
        }
        try add(config)
        try add(manifest)
    }

    private func add(_ document: RawDocument) throws {
        try batch.add(document.bytes, digest: document.digest, mediaType: document.mediaType)
    }
}
