// SPDX-License-Identifier: Apache-2.0

public import OCI

extension ImageStore {
    /// Claims the fetching of a blob. The lease protects it from now on, whatever the answer is.
    ///
    /// Never waits: of all that ask at once one becomes the owner, the others are told `.busy` and ask again until the
    /// blob is there or the owner is gone; then one of them goes on where the owner stopped.
    public func acquire(_ digest: Digest, size: Int64, lease: Lease) throws -> IngestClaim {
        guard size >= 0 else { throw StoreError.invalidSize(digest: digest, size: size) }
        try requireWritable()
        return try translatingErrors {
            try lease.protect([digest])
            if let claim = try presentClaim(digest, size: size) { return claim }
            guard let lock = try FileLock.attempt(layout.partialLock(digest), .exclusive, files: files) else {
                let holder = FileLock.holder(of: layout.partialLock(digest))
                return .busy(holder: holder, received: progress(of: digest) ?? 0)
            }
            // The owner may have committed between the look and the lock.
            if let claim = try presentClaim(digest, size: size) {
                try files.unlink(layout.partialLock(digest))
                return claim
            }
            return .owner(try Ingest(digest: digest, size: size, store: self, lock: lock))
        }
    }

    /// How many bytes of a blob are here while it is fetched by anybody; nil when no download was begun or it is over.
    public func progress(of digest: Digest) -> Int64? {
        (try? FileStatus.of(layout.partial(digest)))?.size
    }

    /// Whether the blob is stored with this size (any size when nil) and not known to be damaged.
    public func hasBlob(_ digest: Digest, size: Int64? = nil) throws -> Bool {
        guard let status = try translatingErrors({ try FileStatus.of(layout.blob(digest)) }), status.isRegular,
            size == nil || status.size == size
        else { return false }
        return try blob(digest)?.isDamaged != true
    }

    private func presentClaim(_ digest: Digest, size: Int64) throws -> IngestClaim? {
        guard let status = try FileStatus.of(layout.blob(digest)), status.isRegular, status.size == size else {
            return nil
        }
        let record = try blob(digest)
        return record?.isDamaged == true ? nil : .present(record?.facts)
    }
}
