// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import OCI

extension ImageStore {
    /// Makes an image visible and sets its references, all in one transaction, after everything it needs is durable.
    ///
    /// The lease must cover the blobs (`acquire`, `putBlob` and staging blobs see to that). Throws when a blob is
    /// missing or a diff ID is not the config's; then nothing has changed.
    public func publish(_ image: Publication, lease: Lease) throws -> PublishOutcome {
        try requireWritable()
        return try translatingErrors {
            try verify(image)
            try lease.protect(image.protectedDigests)
            try requireBlobs(image.blobs)
            touch(image: image.configDescriptor.digest)
            if try reading({ try $0.holds(image) }) { return try PublishOutcome(unchanged: image) }
            // The names of the blobs, those that other processes committed included, reach the disk before any row.
            try files.syncDirectory(layout.blobs)
            let outcome = try writing { try $0.publish(image, now: options.now()) }
            try settle(StoreDebts(staleIndex: true))
            return outcome
        }
    }

    func verify(_ image: Publication) throws {
        let diffIDs = image.config.diffIDs
        guard diffIDs.count == image.layers.count else {
            throw StoreError.layerCount(manifest: image.layers.count, config: diffIDs.count)
        }
        guard (image.config.history ?? []).count(where: { !$0.emptyLayer }) <= diffIDs.count else {
            throw StoreError.historyMismatch
        }
        for (position, layer) in image.layers.enumerated() where layer.facts.diffID != diffIDs[position] {
            throw StoreError.diffIDMismatch(
                position: position, expected: diffIDs[position], actual: layer.facts.diffID
            )
        }
    }

    func requireBlobs(_ blobs: [Descriptor]) throws {
        for blob in blobs {
            guard let status = try FileStatus.of(layout.blob(blob.digest)) else {
                throw StoreError.blobMissing(blob.digest)
            }
            guard status.isRegular, status.size == blob.size else { throw StoreError.blobDamaged(blob.digest) }
        }
    }
}
