// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc
public import OCI
import Synchronization

/// Reads a blob and checks its digest on the way: the last read throws `StoreError.blobDamaged` when the bytes are not
/// those that were stored, and the store remembers it, so that the next pull fetches the blob again.
public final class BlobReader: Sendable {
    public let digest: Digest
    /// Bytes of the file.
    public let size: Int64

    private let store: ImageStore
    private let work: Mutex<Work>

    private struct Work: ~Copyable {
        let file: OwnedFD
        var hasher = SHA256Hasher()
        var isAtEnd = false

        init(file: consuming OwnedFD) {
            self.file = file
        }
    }

    init(digest: Digest, store: ImageStore) throws {
        let opened: OwnedFD?
        do { opened = try FileOperations.open(store.layout.blob(digest)) } catch {
            // A link, wherever it leads, is no blob.
            throw error.errno == ELOOP ? StoreError.blobMissing(digest) : StoreError.io(error)
        }
        guard let file = opened else { throw StoreError.blobMissing(digest) }
        self.digest = digest
        self.store = store
        size = Int64(try file.status().st_size)
        work = Mutex(Work(file: file))
    }

    /// Fills the buffer as far as one read(2) does; 0 at the end of a blob whose digest is right.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        try translatingErrors {
            let (count, isDamaged) = try work.withLock { work in
                let count = try work.file.read(into: buffer)
                work.hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                return (count, count == 0 && !buffer.isEmpty && work.hasher.finalize() != digest)
            }
            if isDamaged {
                if !store.isReadOnly { try store.writing(.process) { try $0.setDamaged(true, digest) } }
                throw StoreError.blobDamaged(digest)
            }
            return count
        }
    }

    /// All of it in pieces of up to 1 MiB, then the verdict.
    public func forEachPiece(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        while true {
            let count = try read(into: buffer)
            if count == 0 { return }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
