// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import ImageStore
import OCI
import TarArchive

/// A file of an archive that may be a layer: written to the store without a name, hashed and looked into on the way.
final class StagedLayer {
    let digest: Digest
    let size: Int64
    let compression: Compression
    /// What the layer holds, or why it is none.
    let facts: Result<LayerFacts, any Error>
    private let staging: StagingBlob
    private var isCommitted = false

    init(_ staging: StagingBlob, _ digest: Digest, _ compression: Compression, _ facts: Result<LayerFacts, any Error>) {
        self.staging = staging
        self.digest = digest
        size = staging.size
        self.compression = compression
        self.facts = facts
    }

    /// The layer's type where no manifest gives one.
    var mediaType: MediaType {
        switch compression {
        case .gzip: .dockerLayerGzip
        case .zstd: .ociLayerZstd
        default: .dockerLayer
        }
    }

    /// Gives the blob its name.
    func commit(mediaType: MediaType) throws {
        guard !isCommitted else { return }
        try staging.commit(expecting: digest, mediaType: mediaType, facts: try? facts.get())
        isCommitted = true
    }
}
