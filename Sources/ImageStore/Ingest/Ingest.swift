// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc
public import OCI
import Synchronization

/// A blob on its way into the store, owned by one task of one process.
///
/// The bytes go to `ingest/<hex>.partial`; the hash of what is there is saved every 8 MiB, so that a download that was
/// killed goes on where it stopped. Letting go of the value without `commit` keeps the partial for the next owner.
public final class Ingest: Sendable {
    /// How many bytes may have to be read again after a kill.
    static let stateInterval: Int64 = 8 << 20

    public let digest: Digest
    /// Bytes the descriptor promises.
    public let size: Int64

    let store: ImageStore
    private let work: Mutex<IngestWork>

    init(digest: Digest, size: Int64, store: ImageStore, lock: consuming FileLock) throws {
        self.digest = digest
        self.size = size
        self.store = store
        var work = IngestWork(
            digest: digest, size: size, store: store, lock: lock,
            file: try store.files.create(store.layout.partial(digest))
        )
        try work.resume()
        self.work = Mutex(work)
    }

    deinit {
        suspend()
    }

    /// Bytes received and hashed so far: where to go on.
    public var frontier: Int64 { work.withLock { $0.frontier } }

    /// Takes the next bytes. Throws `StoreError.tooLong` for bytes beyond `size`; nothing of them is stored.
    public func append(_ bytes: UnsafeRawBufferPointer) throws {
        try translatingErrors { try work.withLock { try $0.append(bytes) } }
    }

    /// Hands out what is stored, from the first byte to the frontier, in pieces of up to 1 MiB.
    public func replay(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try translatingErrors { try work.withLock { try $0.replay(body) } }
    }

    /// Starts over, for a server that sends the blob from its beginning.
    public func restart() throws {
        try translatingErrors { try work.withLock { try $0.restart() } }
    }

    /// Lets go in order: the state is saved and the lock is free. Errors do not matter, the state may be older.
    public func suspend() {
        work.withLock { $0.suspend() }
    }

    /// Lets go and deletes what was received.
    public func discard() throws {
        try translatingErrors { try work.withLock { try $0.discard() } }
    }

    /// Gives the blob its name: size and digest verified, fsynced, renamed, noted in the catalog.
    ///
    /// Throws `.tooShort` (the partial stays) or `.digestMismatch` (the partial is deleted); either way the claim is
    /// over. The directory is synced by `publish`, before anything refers to the blob.
    public func commit(mediaType: MediaType, facts: LayerFacts? = nil, source: BlobSource? = nil) throws {
        try translatingErrors {
            try work.withLock { work in
                try work.commit {
                    try store.noteArrival(
                        of: digest, size: size, mediaType: mediaType, facts: facts, source: source
                    )
                }
            }
        }
    }
}
