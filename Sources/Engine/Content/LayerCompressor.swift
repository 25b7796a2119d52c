// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import ImageStore
import OCI

/// Gives layers that are stored uncompressed (made or loaded so) a compressed form, once: the store keeps it, and the
/// bytes are the same on every machine, so that a registry has them only once too.
struct LayerCompressor: Sendable {
    let store: ImageStore
    let lease: Lease
    /// Threads to compress with.
    let threads: Int

    /// The layer as it can be pushed.
    func compressed(_ layer: Descriptor, facts: LayerFacts) throws -> Descriptor {
        if let known = try remembered(facts.diffID) { return known }
        let staging = try store.stagingBlob(lease: lease)
        var gzip = ParallelGzip(threads: threads) { try staging.append($0) }
        try store.openBlob(layer.digest).forEachPiece { try gzip.write($0) }
        try gzip.finish()
        let size = staging.size
        let digest = try staging.commit(mediaType: .dockerLayerGzip, facts: facts)
        return Descriptor(mediaType: .dockerLayerGzip, digest: digest, size: size)
    }

    private func remembered(_ diffID: Digest) throws -> Descriptor? {
        for blob in try store.layerBlobs(diffID: diffID) where blob.mediaType.layerCompression == .gzip {
            try lease.protect([blob.digest])
            guard try store.hasBlob(blob.digest, size: blob.size) else { continue }
            return Descriptor(mediaType: .dockerLayerGzip, digest: blob.digest, size: blob.size)
        }
        return nil
    }
}
