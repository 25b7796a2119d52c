// SPDX-License-Identifier: Apache-2.0
import ByteStreams
public import Containers
import DockerFormat
public import ImageStore
public import OCI
import TarArchive

/// Makes an image of a container's changes.
public struct CommitOperation {
    private let store: ImageStore
    private let engine: ContainerEngine
    private let request: CommitRequest

    public init(store: ImageStore, engine: ContainerEngine, request: CommitRequest) {
        self.store = store
        self.engine = engine
        self.request = request
    }

    /// - Returns: the ID of the image, which has the request's name then.
    public func run() throws -> Digest {
        let container = try engine.inspect(request.container)
        if container.state.status == .dead || container.state.status == .removing {
            let state = container.state.status == .dead ? "Dead" : "Removal In Progress"
            throw EngineError("You cannot commit container \(container.name) which is \(state)")
        }
        let running = ContainerConfig(container)
        let config: ContainerConfig
        do {
            // The changes see the container's environment and directory: PATH=$PATH:/opt adds to its path.
            config = try running.applying(changes: request.changes).filled(from: running)
        } catch {
            throw EngineError("\(error)")
        }
        let lease = try store.lease("commit \(container.name)")
        defer { lease.release() }
        let base = try Digest(parsing: container.imageID)
        try lease.protect(image: base, in: store)
        let layer = try writeLayer(of: container, lease)
        let image = try child(of: base, config, layer, createdBy: (running.cmd ?? []).joined(separator: " "))
        return try publish(image, base: base, layer: layer, lease)
    }

    /// Compresses the changes into the store; nil when there are none.
    private func writeLayer(of container: Container, _ lease: Lease) throws -> PublishedLayer? {
        let staging = try store.stagingBlob(lease: lease)
        let packing = LayerPacking(threads: engine.host.processors) { try staging.append($0) }
        let hasChanges = try engine.writeLayer(
            container.id.hex, pauses: request.pauses, sink: packing.write)
        guard hasChanges else { return nil }
        let facts = try packing.finish()
        let size = staging.size
        let digest = try staging.commit(mediaType: .dockerLayerGzip, facts: facts)
        return PublishedLayer(
            blob: Descriptor(mediaType: .dockerLayerGzip, digest: digest, size: size), facts: facts)
    }

    /// The base's config with the new layer and the step that made it.
    private func child(
        of base: Digest, _ config: ContainerConfig, _ layer: PublishedLayer?, createdBy: String
    ) throws -> ImageConfig {
        let parent = try store.config(of: base).config
        let created = request.created.rfc3339(fraction: .asNeeded)
        var image = ImageConfig(
            rootfs: RootFS(diffIDs: parent.diffIDs + (layer.map { [$0.facts.diffID] } ?? [])))
        image.created = created
        image.author = request.author
        image.architecture = parent.architecture
        image.variant = parent.variant
        image.os = parent.os
        image.osVersion = parent.osVersion
        image.osFeatures = parent.osFeatures
        image.config = config
        image.history =
            (parent.history ?? []) + [
                HistoryEntry(
                    created: created, author: request.author, createdBy: createdBy, comment: request.message,
                    emptyLayer: layer == nil)
            ]
        return image
    }

    private func publish(
        _ image: ImageConfig, base: Digest, layer: PublishedLayer?, _ lease: Lease
    ) throws -> Digest {
        let document = ImageConfigWriter.bytes(image)
        let id = SHA256Hasher.digest(of: document)
        try store.putBlob(document, digest: id, mediaType: .dockerConfig, lease: lease)
        let configDescriptor = Descriptor(mediaType: .dockerConfig, digest: id, size: Int64(document.count))
        let layers = try store.layers(of: base).map { try published($0) } + (layer.map { [$0] } ?? [])
        let manifest = ManifestBuilder.manifest(config: configDescriptor, layers: layers.map(\.blob))
        try store.putBlob(manifest.bytes, digest: manifest.digest, mediaType: manifest.mediaType, lease: lease)
        let target = Descriptor(
            mediaType: manifest.mediaType, digest: manifest.digest, size: Int64(manifest.bytes.count))
        let publication = Publication(
            manifest: target, config: try ImageConfig(parsing: document), configDescriptor: configDescriptor,
            layers: layers, references: request.reference.map { [NewReference($0, target: target)] } ?? [],
            origin: .created, parent: base, setsTagTime: request.reference != nil)
        return try store.publish(publication, lease: lease).imageID
    }

    private func published(_ layer: LayerRecord) throws -> PublishedLayer {
        let blob = Descriptor(mediaType: layer.mediaType, digest: layer.blob, size: layer.compressedSize)
        if let facts = try store.facts(of: layer.blob) { return PublishedLayer(blob: blob, facts: facts) }
        return PublishedLayer(blob: blob, facts: try LayerFactsReader.read(blob, from: store))
    }
}
