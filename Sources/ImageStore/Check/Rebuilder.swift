// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import OCI
import TarArchive

/// Reads the image of an entry of index.json back from its blobs. What is missing or damaged is thrown as `LostBlob`.
struct Rebuilder {
    let store: ImageStore

    func publication(for entry: OCIIndexEntry) throws -> Publication {
        let document = try ManifestDocument.parse(read(entry.target), contentType: entry.target.mediaType)
        let (descriptor, manifest) = try choose(document, entry)
        let config = try ImageConfig(parsing: read(manifest.config))
        var layers: [PublishedLayer] = []
        for layer in manifest.layers { layers.append(PublishedLayer(blob: layer, facts: try facts(of: layer))) }
        var image = Publication(
            manifest: descriptor, config: config, configDescriptor: manifest.config, layers: layers,
            references: try entry.reference.map { [NewReference(try Reference(normalizing: $0), target: entry.target)] }
                ?? [],
            origin: entry.parent != nil ? .created : entry.sources.isEmpty ? .loaded : .pulled, parent: entry.parent,
            sources: entry.sources
        )
        if case .index(let index) = document {
            image.index = entry.target
            image.related = try related(index, besides: descriptor)
        }
        return image
    }

    /// The manifest an entry stands for: of an index the one whose image was noted, else the first that is stored.
    private func choose(_ document: ManifestDocument, _ entry: OCIIndexEntry) throws -> (Descriptor, Manifest) {
        guard case .index(let index) = document else {
            guard case .manifest(let manifest) = document else { throw StoreError.blobMissing(entry.digest) }
            return (entry.target, manifest)
        }
        var losses: [LostBlob] = []
        for child in index.manifests {
            do {
                let manifest = try Manifest(parsing: read(child), contentType: child.mediaType)
                if entry.image == nil || manifest.config.digest == entry.image { return (child, manifest) }
            } catch let loss as LostBlob {
                losses.append(loss)
            }
        }
        // Whichever it is: of this platform most likely.
        let wanted = (try? entry.image.map { try ImageConfig(parsing: store.readBlob($0)).platform }) ?? .host
        let likely = wanted.select(from: losses.map(\.blob))
        guard let loss = losses.first(where: { $0.blob == likely }) ?? losses.first else {
            throw StoreError.blobMissing(entry.digest)
        }
        throw loss
    }

    /// What is here of the other platforms.
    private func related(_ index: ImageIndex, besides chosen: Descriptor) throws -> [Descriptor] {
        var related: [Descriptor] = []
        for child in index.manifests where child.digest != chosen.digest {
            guard try store.hasBlob(child.digest, size: child.size),
                let manifest = try? Manifest(parsing: store.readBlob(child.digest), contentType: child.mediaType)
            else { continue }
            related.append(child)
            related += try ([manifest.config] + manifest.layers).filter {
                try store.hasBlob($0.digest, size: $0.size)
            }
        }
        return related
    }

    private func read(_ blob: Descriptor) throws -> [UInt8] {
        try losing(blob) { try store.readBlob(blob.digest) }
    }

    private func facts(of layer: Descriptor) throws -> LayerFacts {
        guard try store.hasBlob(layer.digest, size: layer.size) else {
            throw LostBlob(blob: layer, reason: .blobMissing(layer.digest))
        }
        if let known = try store.facts(of: layer.digest) { return known }
        var hasher = SHA256Hasher()
        var scanner = LayerSizeScanner()
        do {
            try store.inflate(layer.digest) { piece in
                hasher.update(piece)
                try scanner.push(piece)
            }
            return LayerFacts(
                diffID: hasher.finalize(), uncompressedSize: Int64(hasher.byteCount), size: try scanner.finish()
            )
        } catch {
            // Bytes that are no layer may be damaged ones: their digest tells.
            try losing(layer) { try store.openBlob(layer.digest).forEachPiece { _ in } }
            throw error
        }
    }

    private func losing<T>(_ blob: Descriptor, _ body: () throws -> T) throws -> T {
        do {
            return try body()
        } catch let error as StoreError {
            switch error {
            case .blobMissing, .blobDamaged: throw LostBlob(blob: blob, reason: error)
            default: throw error
            }
        }
    }
}
