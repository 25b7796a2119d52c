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
            try lease.protect(image.blobs.map(\.digest) + image.layers.map(\.facts.diffID))
            try requireBlobs(image.blobs)
            // The names of the blobs, those that other processes committed included, reach the disk before any row.
            try files.syncDirectory(layout.blobs)
            let chainIDs = ChainID.chain(of: image.config.diffIDs)
            let outcome = try writing { try $0.publish(image, chainIDs: chainIDs, now: options.now()) }
            var debts = StoreDebts()
            debts.staleIndex = true
            try settle(debts)
            return outcome
        }
    }

    private func verify(_ image: Publication) throws {
        let diffIDs = image.config.diffIDs
        guard diffIDs.count == image.layers.count else {
            throw StoreError.layerCount(manifest: image.layers.count, config: diffIDs.count)
        }
        for (position, layer) in image.layers.enumerated() where layer.facts.diffID != diffIDs[position] {
            throw StoreError.diffIDMismatch(
                position: position, expected: diffIDs[position], actual: layer.facts.diffID
            )
        }
    }

    private func requireBlobs(_ blobs: [Descriptor]) throws {
        for blob in blobs {
            guard let status = try FileStatus.of(layout.blob(blob.digest)) else {
                throw StoreError.blobMissing(blob.digest)
            }
            guard status.isRegular, status.size == blob.size else { throw StoreError.blobDamaged(blob.digest) }
        }
    }
}
