// SPDX-License-Identifier: Apache-2.0

extension ImageStore {
    /// Rewrites index.json from the catalog when it is older. Whoever gets the lock last writes the newest state, since
    /// the catalog is read under the lock.
    func writeIndex() throws {
        let lock = try FileLock.acquire(layout.indexLock, .exclusive, timeout: options.lockTimeout, files: files)
        let index = try reading { catalog in
            try catalog.isIndexStale() ? catalog.ociIndex() : nil
        }
        if let index {
            try files.replace(layout.index, with: index.bytes, in: root)
            try writing(.process) { try $0.setIndexed(generation: index.generation) }
        }
        _ = consume lock
    }
}
