// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc
public import OCI
import Synchronization

/// A blob that is written before its digest is known. Letting go of it without `commit` deletes the file.
public final class StagingBlob: Sendable {
    private let store: ImageStore
    private let lease: Lease
    private let path: String
    private let work: Mutex<Work>

    private struct Work: ~Copyable {
        /// Locked, so that a sweep sees that its writer lives.
        let file: OwnedFD
        var hasher = SHA256Hasher()
        var isOver = false

        init(file: consuming OwnedFD) {
            self.file = file
        }
    }

    init(store: ImageStore, lease: Lease) throws {
        self.store = store
        self.lease = lease
        path = "\(store.layout.ingest)/\(RandomName.make()).staging"
        // A sweep must not see the file before it is locked.
        let guardLock = try store.collectorLock(.shared)
        let file = try store.files.create(path, flags: O_EXCL)
        guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            throw IOError(errno: errno, operation: "flock", path: path)
        }
        work = Mutex(Work(file: file))
        _ = consume guardLock
    }

    deinit {
        discard()
    }

    /// Bytes written so far.
    public var size: Int64 { work.withLock { Int64($0.hasher.byteCount) } }

    public func append(_ bytes: UnsafeRawBufferPointer) throws {
        try translatingErrors {
            try work.withLock { work in
                try store.files.write(bytes, to: work.file, path: path)
                work.hasher.update(bytes)
            }
        }
    }

    /// Gives the blob its name and returns its digest; the lease covers it.
    @discardableResult
    public func commit(mediaType: MediaType, facts: LayerFacts? = nil, source: BlobSource? = nil) throws -> Digest {
        let digest = work.withLock { $0.hasher.finalize() }
        try commit(expecting: digest, mediaType: mediaType, facts: facts, source: source)
        return digest
    }

    /// Throws `.digestMismatch`, deleting the file, when the bytes are others than expected.
    public func commit(
        expecting digest: Digest, mediaType: MediaType, facts: LayerFacts? = nil, source: BlobSource? = nil
    ) throws {
        try translatingErrors {
            try lease.protect([digest])
            let size = try work.withLock { work in
                let actual = work.hasher.finalize()
                guard actual == digest else { throw StoreError.digestMismatch(expected: digest, actual: actual) }
                let size = Int64(work.hasher.byteCount)
                if try !store.hasBlob(digest, size: size) {
                    let blob = store.layout.blob(digest)
                    try IngestWork.publish(work.file, from: path, to: blob, files: store.files)
                    work.isOver = true
                }
                return size
            }
            discard()
            try store.noteArrival(of: digest, size: size, mediaType: mediaType, facts: facts, source: source)
        }
    }

    /// Deletes the file unless it became a blob.
    public func discard() {
        work.withLock { work in
            guard !work.isOver else { return }
            work.isOver = true
            try? store.files.unlink(path)
        }
    }
}
