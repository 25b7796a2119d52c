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
    /// How many bytes may have to be fetched again after a kill while several connections fill the file.
    static let sparseStateInterval: Int64 = 1 << 20

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

    /// Bytes received, those beyond the frontier included.
    public var received: Int64 { work.withLock { $0.received } }

    /// What is missing, in order.
    public var gaps: [Range<Int64>] { work.withLock { $0.gaps } }

    /// Takes bytes that belong at `offset`, at the frontier or beyond it: several connections fill the blob at once.
    /// They are hashed by `advance`.
    public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws {
        try translatingErrors { try work.withLock { try $0.write(bytes, at: offset) } }
    }

    /// Moves the frontier over bytes that `write` took, and fills `buffer` with them.
    /// - Returns: their number; 0 at the first gap.
    public func advance(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        try translatingErrors { try work.withLock { try $0.advance(into: buffer) } }
    }

    /// Drops what `write` took beyond the frontier: `append` brings everything from there.
    public func flatten() throws {
        try translatingErrors { try work.withLock { try $0.flatten() } }
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
