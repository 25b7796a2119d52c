// SPDX-License-Identifier: Apache-2.0

import ByteStreams
public import OCI

extension ImageStore {
    /// What a lost catalog has left to be restored, sorted by name.
    public func lostImages() throws -> [LostImage] {
        try reading { try $0.lostEntries() }.map { LostImage(entry: $0) }
    }

    /// Brings a lost image back from its blobs.
    ///
    /// - Returns: nil when it is back, else a blob that has to be fetched first (`acquire` hands out its ownership); ask
    ///   again then, there may be others. Throws when the blobs are whole and are no image.
    public func restore(_ image: LostImage, lease: Lease) throws -> Descriptor? {
        try translatingErrors {
            do {
                let publication = try Rebuilder(store: self).publication(for: image.entry)
                // Coming back is no use.
                let lastUse = lastUse(of: publication.configDescriptor.digest)
                _ = try publish(publication, lease: lease)
                setLastUse(of: publication.configDescriptor.digest, lastUse)
            } catch let loss as LostBlob {
                if case .blobDamaged = loss.reason { try noteDamage(of: loss.blob) }
                return loss.blob
            }
            try giveUp(image)
            return nil
        }
    }

    /// Brings back what can be brought back with the blobs that are here, and says why the others can't.
    public func restoreLostImages() throws -> [RebuildReport.Loss] {
        let lease = try lease("restore")
        defer { lease.release() }
        return try batch {
            try lostImages().compactMap { image in
                do {
                    guard let blob = try restore(image, lease: lease) else { return nil }
                    return RebuildReport.Loss(image: image, missing: blob, reason: "blob \(blob.digest) is lost")
                } catch {
                    return RebuildReport.Loss(image: image, missing: nil, reason: "\(error)")
                }
            }
        }
    }

    /// Takes the image off the list; its blobs are orphans now.
    public func giveUp(_ image: LostImage) throws {
        try writing(.process) { catalog in
            if try catalog.dropLostEntry(image.entry.key) { try catalog.bumpGeneration() }
        }
        try settle(StoreDebts(staleIndex: true))
    }

    private func noteDamage(of blob: Descriptor) throws {
        try writing(.process) { catalog in
            try catalog.record(blob.digest, size: blob.size, mediaType: blob.mediaType, facts: nil)
            try catalog.setDamaged(true, blob.digest)
        }
    }
}
