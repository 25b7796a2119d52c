// SPDX-License-Identifier: Apache-2.0

import ByteStreams
public import OCI
import Synchronization

/// Blobs that enter the store together with their images: all are written, then made durable by one barrier, then named,
/// and then one transaction publishes the images. Nothing of it can be seen before, and letting go of the value without
/// `publish` leaves nothing behind. One image after the other would cost a barrier for each of its blobs.
public final class BlobBatch: Sendable {
    private let store: ImageStore
    private let lease: Lease
    private let area: StagingArea
    private let state = Mutex(State())

    private struct State {
        var nextName = 0
        var blobs: [Digest: Entry] = [:]
    }

    private struct Entry {
        /// In the staging area; nil for a blob that the store has.
        var name: String?
        var size: Int64
        var mediaType: MediaType
        var facts: LayerFacts?
    }

    init(store: ImageStore, lease: Lease) throws {
        self.store = store
        self.lease = lease
        area = try StagingArea(store: store)
    }

    /// A file for a blob whose digest isn't known yet.
    public func writer() throws -> BatchWriter {
        let name = newName()
        return try translatingErrors { try BatchWriter(name, in: area, files: store.files) }
    }

    /// Makes a written file a blob of the batch.
    public func add(_ file: BatchFile, mediaType: MediaType, facts: LayerFacts? = nil) {
        add(file.digest, Entry(name: file.name, size: file.size, mediaType: mediaType, facts: facts))
    }

    /// Adds a document that is in memory.
    /// - Throws: `StoreError.digestMismatch` when the bytes have another digest.
    public func add(_ bytes: [UInt8], digest: Digest, mediaType: MediaType) throws {
        guard state.withLock({ $0.blobs[digest] == nil }) else { return }
        var entry = Entry(size: Int64(bytes.count), mediaType: mediaType)
        if try !has(digest, size: entry.size) {
            var writer = try writer()
            try bytes.withUnsafeBytes { try writer.append($0) }
            let file = writer.finish()
            guard file.digest == digest else {
                throw StoreError.digestMismatch(expected: digest, actual: file.digest)
            }
            entry.name = file.name
        }
        add(digest, entry)
    }

    /// Whether the store has the blob; then it stays until the lease ends.
    public func has(_ digest: Digest, size: Int64) throws -> Bool {
        // Most are new: only what seems to be there is worth a lease of its own, and another look under it.
        guard try store.hasBlob(digest, size: size) else { return false }
        try lease.protect([digest])
        return try store.hasBlob(digest, size: size)
    }

    /// Makes all images visible at once, in one transaction, when everything they need is durable. The batch is over.
    /// - Throws: what `ImageStore.publish` throws of an image; then none has been published.
    public func publish(_ images: [Publication]) throws -> [PublishOutcome] {
        try store.requireWritable()
        return try translatingErrors {
            for image in images { try store.verify(image) }
            let blobs = state.withLock { $0.blobs }
            try lease.protect(Array(blobs.keys) + images.flatMap(\.protectedDigests))
            let arrived = try place(blobs)
            for image in images { try store.requireBlobs(image.blobs) }
            for image in images { store.touch(image: image.configDescriptor.digest) }
            // The names of the blobs, those that other processes committed included, reach the disk before any row.
            try store.files.syncDirectory(store.layout.blobs)
            let outcomes = try store.writing { catalog in
                for (digest, blob) in blobs {
                    try catalog.record(
                        digest, size: blob.size, mediaType: blob.mediaType, facts: blob.facts)
                    if arrived.contains(digest) { try catalog.setDamaged(false, digest) }
                }
                return try images.map { try catalog.publish($0, now: store.options.now()) }
            }
            try store.settle(StoreDebts(staleIndex: true))
            return outcomes
        }
    }

    /// Gives the blobs their names, except where the store has got them meanwhile.
    /// - Returns: those that it did not have.
    private func place(_ blobs: [Digest: Entry]) throws -> Set<Digest> {
        var names: [Digest: String] = [:]
        for (digest, blob) in blobs {
            if let name = blob.name, try !store.hasBlob(digest, size: blob.size) { names[digest] = name }
        }
        try area.sync(Array(names.values))
        for (digest, name) in names { try store.files.rename(area.filePath(name), to: store.layout.blob(digest)) }
        return Set(names.keys)
    }

    private func add(_ digest: Digest, _ entry: Entry) {
        state.withLock { state in
            // The same content twice in an archive is one blob.
            if state.blobs[digest] == nil { state.blobs[digest] = entry }
        }
    }

    private func newName() -> String {
        state.withLock { state in
            state.nextName += 1
            return String(state.nextName)
        }
    }
}
