// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import ImageStore
import OCI
import TarArchive

/// A file of an archive that may be a layer: written to the store without a name, hashed and looked into on the way.
struct StagedLayer: Sendable {
    let file: BatchFile
    let compression: Compression
    /// What the layer holds, or why it is none.
    let facts: Result<LayerFacts, any Error>

    /// The layer's type where no manifest gives one.
    var mediaType: MediaType {
        switch compression {
        case .gzip: .dockerLayerGzip
        case .zstd: .ociLayerZstd
        default: .dockerLayer
        }
    }
}
