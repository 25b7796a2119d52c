// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc
public import OCI

extension ImageStore {
    /// Stores a document that is in memory (manifest, index, config). Does nothing when it is there.
    public func putBlob(
        _ bytes: [UInt8], digest: Digest, mediaType: MediaType, source: BlobSource? = nil, lease: Lease
    ) throws {
        try lease.protect([digest])
        if try !hasBlob(digest, size: Int64(bytes.count)) {
            let staging = try stagingBlob(lease: lease)
            try bytes.withUnsafeBytes { try staging.append($0) }
            try staging.commit(expecting: digest, mediaType: mediaType, facts: nil, source: source)
        } else {
            try recordFacts(nil, of: digest, size: Int64(bytes.count), mediaType: mediaType, source: source)
        }
    }

    /// A blob whose digest is known only once it is written (commit, import, load).
    public func stagingBlob(lease: Lease) throws -> StagingBlob {
        try requireWritable()
        return try translatingErrors { try StagingBlob(store: self, lease: lease) }
    }

    /// Begins blobs that enter the store together with their images; the lease covers them.
    public func blobBatch(lease: Lease) throws -> BlobBatch {
        try requireWritable()
        return try translatingErrors { try BlobBatch(store: self, lease: lease) }
    }

    /// What the catalog knows of a blob.
    public func blob(_ digest: Digest) throws -> BlobRecord? {
        try reading { try $0.blob(digest) }
    }

    /// The facts of a layer that was inflated before, by this or another pull, finished or not.
    public func facts(of blob: Digest) throws -> LayerFacts? {
        try self.blob(blob)?.facts
    }

    /// The stored blobs that inflate to the layer.
    public func layerBlobs(diffID: Digest) throws -> [BlobRecord] {
        try reading { try $0.blobs(diffID: diffID) }
    }

    /// Notes what is known of a stored blob. Losing it to a power failure costs one inflate.
    public func recordFacts(
        _ facts: LayerFacts?, of blob: Digest, size: Int64, mediaType: MediaType, source: BlobSource? = nil
    ) throws {
        let sources = source.map { [$0] } ?? []
        if try reading({ try $0.knows(blob, size: size, facts: facts, sources: sources) }) { return }
        try writing(.process) {
            try $0.record(blob, size: size, mediaType: mediaType, facts: facts, sources: sources)
        }
    }

    /// Notes a blob that was just renamed into its place.
    func noteArrival(
        of digest: Digest, size: Int64, mediaType: MediaType, facts: LayerFacts?, source: BlobSource?
    ) throws {
        // A blob that replaces a damaged one of a published image has no `publish` to come that would sync its name.
        if try reading({ try $0.isBlobUsed(digest) }) { try files.syncDirectory(layout.blobs) }
        try writing(.process) { catalog in
            try catalog.record(
                digest, size: size, mediaType: mediaType, facts: facts, sources: source.map { [$0] } ?? [])
            try catalog.setDamaged(false, digest)
        }
    }

    /// Notes that a repository has the blob (after a push or a mount).
    public func addSource(_ source: BlobSource, to blob: Digest) throws {
        try writing(.process) { try $0.add(source, to: blob) }
    }

    /// The file of a blob. Hold a lease while using it.
    public func blobPath(_ digest: Digest) -> String { layout.blob(digest) }

    /// Opens a blob for reading in pieces; the digest is checked at its end.
    public func openBlob(_ digest: Digest) throws -> BlobReader {
        try translatingErrors { try BlobReader(digest: digest, store: self) }
    }

    /// Bytes of the largest manifest, index or config there may be.
    public static let documentLimit = 4 << 20

    /// A whole blob, verified. `limit` in bytes.
    public func readBlob(_ digest: Digest, limit: Int = documentLimit) throws -> [UInt8] {
        try translatingErrors {
            let reader = try BlobReader(digest: digest, store: self)
            guard reader.size <= Int64(limit) else {
                throw StoreError.blobTooLarge(digest: digest, size: reader.size, limit: limit)
            }
            var bytes: [UInt8] = []
            bytes.reserveCapacity(Int(reader.size))
            try reader.forEachPiece { bytes += $0 }
            return bytes
        }
    }
}
