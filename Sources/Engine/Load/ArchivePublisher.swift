// SPDX-License-Identifier: Apache-2.0
import ImageStore
import OCI

/// Gives the images of an archive, which have been checked, their place in the store.
struct ArchivePublisher {
    let store: ImageStore
    let lease: Lease

    func publish(_ image: LoadableImage) throws -> PublishOutcome {
        try commit([(image.manifest, image.configDocument, image.layers)] + image.others)
        if let index = image.index { try put(index) }
        let references = image.names.map { NewReference($0, target: image.root) }
        return try store.publish(publication(image, references: references), lease: lease)
    }

    private func publication(_ image: LoadableImage, references: [NewReference]) -> Publication {
        var publication = Publication(
            manifest: image.manifest.descriptor, config: image.config,
            configDescriptor: image.configDocument.descriptor,
            layers: image.layers.map { PublishedLayer(blob: $0.descriptor, facts: $0.facts) },
            index: image.index?.descriptor, references: references, origin: .loaded, setsTagTime: true)
        publication.related = image.others.flatMap {
            [$0.manifest.descriptor, $0.config.descriptor] + $0.layers.map(\.descriptor)
        }
        return publication
    }

    private func commit(_ parts: [(manifest: RawDocument, config: RawDocument, layers: [LoadableLayer])]) throws {
        for part in parts {
            for layer in part.layers { try layer.staged?.commit(mediaType: layer.descriptor.mediaType) }
            try put(part.config)
            try put(part.manifest)
        }
    }

    private func put(_ document: RawDocument) throws {
        try store.putBlob(document.bytes, digest: document.digest, mediaType: document.mediaType, lease: lease)
    }
}
