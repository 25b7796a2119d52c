// SPDX-License-Identifier: Apache-2.0
import ImageStore
import OCI
import TarArchive

/// Learns what a layer holds from its blob in the store: for blobs that came there without being looked into.
enum LayerFactsReader {
    static func read(_ descriptor: Descriptor, from store: ImageStore) throws -> LayerFacts {
        var digester = LayerDigester(inflateLimits: store.layerLimits)
        try store.openBlob(descriptor.digest).forEachPiece { try digester.push($0) }
        let facts = LayerFacts(try digester.finish())
        try store.recordFacts(
            facts, of: descriptor.digest, size: descriptor.size, mediaType: descriptor.mediaType, source: nil)
        return facts
    }
}

extension LayerFacts {
    init(_ digest: LayerDigest) {
        self.init(diffID: digest.diffID, uncompressedSize: digest.uncompressedSize, size: digest.size)
    }
}
