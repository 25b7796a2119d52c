// SPDX-License-Identifier: Apache-2.0
public import ImageStore
public import OCI

extension ContainerEngine {
    /// An image of the store, ready for `create`: layers that have no tree yet are unpacked, several at once.
    ///
    /// - Parameter lease: held until the container has been created, so that no layer goes meanwhile.
    public func image(_ id: Digest, in store: ImageStore, lease: Lease) throws -> ContainerImage {
        try lease.protect(image: id, in: store)
        let trees = try Self.unpack(
            try store.layers(of: id), in: store, lease: lease, processors: host.processors
        )
        return ContainerImage(id: id, config: try store.config(of: id).0, layers: trees)
    }

    /// Makes sure that the trees below a container are whole: one that was not synced before the machine went down is
    /// made again.
    func requireLayers(of container: Container) throws {
        guard let images else { return }
        if let image = try? Digest(parsing: container.imageID) { images.touch(image: image) }
        let chain = try images.container(container.id.hex).chainIDs
        let layers = try images.layers(chainIDs: chain)
        guard !layers.allSatisfy({ images.isUnpacked($0.diffID) }) else { return }
        let lease = try images.lease("start \(container.name)")
        defer { lease.release() }
        _ = try Self.unpack(layers, in: images, lease: lease, processors: host.processors)
    }

    private static func unpack(
        _ layers: [LayerRecord], in store: ImageStore, lease: Lease, processors: Int
    ) throws -> [String] {
        do {
            return try ParallelMap.map(layers, limit: processors) { layer in
                try store.unpackedLayer(layer, lease: lease)
            }
        } catch {
            // The rare archive whose hard links point into lower layers needs those first.
            var trees: [String] = []
            for layer in layers {
                trees.append(try store.unpackedLayer(layer, lower: trees.reversed(), lease: lease))
            }
            return trees
        }
    }
}
