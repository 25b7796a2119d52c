// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import ImageStore
import OCI
import RegistryClient

extension PushOperation {
    /// Uploads the layers, several at once, the top layer first as in docker.
    func pushLayers(of content: ImageContent, to repository: Repository) async throws {
        let store = store
        let layers = content.layersFromTop
        let names = try await pool.run {
            try layers.map { try store.facts(of: $0.digest)?.diffID ?? $0.digest }.map(\.short)
        }
        for name in names { report(.update(name, "Preparing")) }
        let limit = registry.configuration.maxConcurrentUploads
        for name in names.dropFirst(limit) { report(.update(name, "Waiting")) }
        let pushes = zip(layers, names).map { layer, name in
            LayerPush(
                store: store, registry: registry, pool: pool, descriptor: layer, id: name, repository: repository,
                report: report)
        }
        _ = try await mapBounded(pushes, limit: limit) { push in try await push.run() }
    }

    /// What the layers are for: configs, then manifests, and last what the tag names.
    func pushDocuments(of content: ImageContent, to reference: Reference) async throws {
        let store = store, repository = reference.repository
        let source = BlobSource(host: repository.domain, repository: repository.path)
        do {
            for config in content.configs {
                _ = try await registry.upload(
                    config, to: repository, source: FileBlob(config.digest, of: store, pool: pool))
                try await pool.run { try store.addSource(source, to: config.digest) }
            }
            for document in content.documents {
                let tag = document.digest == content.root.digest ? reference.tag ?? Reference.defaultTag : nil
                try await registry.putManifest(document, to: repository, tag: tag)
                try await pool.run { try store.addSource(source, to: document.digest) }
            }
        } catch let error as RegistryError {
            throw EngineError(error.description, phase: .stream)
        }
    }
}

extension ImageContent {
    fileprivate var configs: [Descriptor] {
        var seen: Set<Digest> = []
        return parts.map(\.manifest.config).filter { seen.insert($0.digest).inserted }
    }

    /// Each layer once, the top ones first.
    fileprivate var layersFromTop: [Descriptor] {
        var seen: Set<Digest> = []
        return parts.flatMap { $0.manifest.layers.reversed() }.filter { seen.insert($0.digest).inserted }
    }
}
