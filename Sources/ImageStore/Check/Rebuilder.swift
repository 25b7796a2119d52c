// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import OCI
import TarArchive

/// Brings the images of index.json back into an empty catalog, one entry at a time.
struct Rebuilder {
    let store: ImageStore
    let lease: Lease

    /// An entry that cannot be restored becomes a loss in the report; its blobs stay.
    func restore(_ entry: OCIIndexEntry, _ report: inout RebuildReport) {
        do {
            let publication = try publication(for: entry)
            _ = try store.publish(publication, lease: lease)
            report.references += publication.references.count
        } catch {
            report.losses.append(
                RebuildReport.Loss(name: entry.reference ?? entry.digest.description, reason: "\(error)"))
        }
    }

    private func publication(for entry: OCIIndexEntry) throws -> Publication {
        let document = try ManifestDocument.parse(store.readBlob(entry.digest), contentType: entry.target.mediaType)
        let (descriptor, manifest) = try choose(document, entry)
        let config = try ImageConfig(parsing: store.readBlob(manifest.config.digest))
        var layers: [PublishedLayer] = []
        for layer in manifest.layers { layers.append(PublishedLayer(blob: layer, facts: try facts(of: layer))) }
        return Publication(
            manifest: descriptor, config: config, configDescriptor: manifest.config, layers: layers,
            index: descriptor.digest == entry.digest ? nil : entry.target,
            references: try entry.reference.map { [NewReference(try Reference(normalizing: $0), target: entry.target)] }
                ?? [],
            origin: entry.parent == nil ? .pulled : .created, parent: entry.parent
        )
    }

    /// The manifest an entry stands for: of an index the one whose image was noted, else the first that is stored.
    private func choose(_ document: ManifestDocument, _ entry: OCIIndexEntry) throws -> (Descriptor, Manifest) {
        switch document {
        case .manifest(let manifest): return (entry.target, manifest)
        case .index(let index):
            for child in index.manifests where try store.hasBlob(child.digest, size: child.size) {
                let manifest = try Manifest(parsing: store.readBlob(child.digest), contentType: child.mediaType)
                if entry.image == nil || manifest.config.digest == entry.image { return (child, manifest) }
            }
            throw StoreError.blobMissing(entry.digest)
        }
    }

    private func facts(of layer: Descriptor) throws -> LayerFacts {
        if let known = try store.facts(of: layer.digest) { return known }
        var hasher = SHA256Hasher()
        var scanner = LayerSizeScanner()
        try store.inflate(layer.digest) { piece in
            hasher.update(piece)
            try scanner.push(piece)
        }
        return LayerFacts(
            diffID: hasher.finalize(), uncompressedSize: Int64(hasher.byteCount), size: try scanner.finish()
        )
    }
}
