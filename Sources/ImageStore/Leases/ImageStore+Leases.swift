// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc
public import OCI

extension ImageStore {
    /// Begins a lease; `purpose` ("pull alpine:3") is for people who look into the store.
    public func lease(_ purpose: String) throws -> Lease {
        try requireWritable()
        return try translatingErrors { try Lease(store: self, purpose: purpose) }
    }

    /// A lease for work that only reads. In a store that is read-only it covers nothing: no lease can be written there,
    /// and nobody else deletes on a read-only medium. (In one that belongs to somebody else, its owner can.)
    public func readingLease(_ purpose: String) throws -> Lease {
        isReadOnly ? Lease(readOnly: self) : try lease(purpose)
    }

    func collectorLock(_ mode: FileLock.Mode) throws -> FileLock {
        try FileLock.acquire(layout.collectorLock, mode, timeout: options.lockTimeout, files: files)
    }

    /// The digests of all live leases; lease files of dead processes are removed. Under the exclusive collector lock.
    func leasedDigests() throws -> Set<Digest> {
        var digests: Set<Digest> = []
        for name in try DirectoryListing.names(in: layout.leases) {
            let path = "\(layout.leases)/\(name)"
            // A lease that is released at this moment takes its file along.
            guard let file = try? OwnedFD(opening: path, flags: O_RDONLY | O_NOFOLLOW | O_NONBLOCK) else { continue }
            if flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 {
                try files.unlink(path)
                continue
            }
            let text = String(decoding: try file.readAll(limit: 1 << 30), as: UTF8.self)
            for line in text.split(separator: "\n") {
                if let digest = try? Digest(hex: line) { digests.insert(digest) }
            }
        }
        return digests
    }
}

extension Lease {
    /// Protects everything of an image, documents, layer blobs and unpacked layers, and notes that it is used.
    /// Throws `StoreError.noSuchImage` when it is gone.
    public func protect(image id: Digest, in store: ImageStore) throws {
        let needed = try store.reading { try $0.digestsNeeded(by: id) }
        try protect(needed)
        // It may have been removed between the question and the protection.
        try store.reading { _ = try $0.requireKey(of: id) }
        store.touch(image: id)
    }
}
