// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import ImageStore
import OCI
import RegistryClient

extension PullOperation {
    /// Brings in the layers of a manifest, several at once, and checks each against the config's diffID.
    func layers(
        of manifest: Manifest, config: ImageConfig, reference: Reference, lease: Lease
    ) async throws -> [PublishedLayer] {
        let imageExists = try await isPresent(manifest, lease: lease)
        let unique = uniqueLayers(of: manifest)
        let facts = try await download(unique, isQuiet: imageExists, reference: reference, lease: lease)
        var layers: [PublishedLayer] = []
        for (descriptor, diffID) in zip(manifest.layers, config.rootfs.diffIDs) {
            guard let known = facts[descriptor.digest], known.diffID == diffID else {
                throw EngineError("layers from manifest don't match image configuration", phase: .stream)
            }
            layers.append(PublishedLayer(blob: descriptor, facts: known))
        }
        return layers
    }

    /// docker prints no layer lines when it has the image already.
    private func isPresent(_ manifest: Manifest, lease: Lease) async throws -> Bool {
        let store = store
        return try await pool.run {
            try lease.protect(manifest.layers.map(\.digest))
            return try store.image(id: manifest.config.digest) != nil
        }
    }

    private func uniqueLayers(of manifest: Manifest) -> [Descriptor] {
        var seen: Set<Digest> = []
        return manifest.layers.filter { seen.insert($0.digest).inserted }
    }

    private func download(
        _ descriptors: [Descriptor], isQuiet: Bool, reference: Reference, lease: Lease
    ) async throws -> [Digest: LayerFacts] {
        let announce = report
        let report: ProgressHandler = { event in if !isQuiet { announce(event) } }
        var facts = try await presentLayers(descriptors, report: report)
        let missing = descriptors.filter { facts[$0.digest] == nil }
        for descriptor in missing { report(.update(descriptor.digest.short, "Pulling fs layer")) }
        let limit = registry.configuration.maxConcurrentDownloads
        for descriptor in missing.dropFirst(limit) { report(.update(descriptor.digest.short, "Waiting")) }
        let order = LayerOrder(missing.map(\.digest.short)) { report(.update($0, "Pull complete")) }
        let downloads = missing.map { descriptor in
            LayerDownload(
                store: store, registry: registry, pool: pool, descriptor: descriptor, reference: reference,
                lease: lease,
                report: report)
        }
        let downloaded = try await mapBounded(downloads, limit: limit) { download in
            let facts = try await download.run()
            order.finish(download.id)
            return facts
        }
        for (descriptor, known) in zip(missing, downloaded) { facts[descriptor.digest] = known }
        return facts
    }

    /// The layers that are there already. docker walks from the base and says so until the first gap.
    private func presentLayers(
        _ descriptors: [Descriptor], report: ProgressHandler
    ) async throws -> [Digest: LayerFacts] {
        let store = store
        let known = try await pool.run {
            try descriptors.map { descriptor in
                try store.hasBlob(descriptor.digest, size: descriptor.size) ? store.facts(of: descriptor.digest) : nil
            }
        }
        var facts: [Digest: LayerFacts] = [:]
        for (descriptor, layer) in zip(descriptors, known) {
            guard let layer else { continue }
            facts[descriptor.digest] = layer
            report(.update(descriptor.digest.short, "Already exists"))
        }
        return facts
    }
}
