// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import DockerFormat
import Glibc
import OCI

extension ImageStore {
    /// Makes a new catalog from the blobs and index.json, for a store whose catalog was lost or is corrupt, or for an OCI
    /// layout that somebody else has written. Without index.json the images come back nameless. Layers are inflated to
    /// learn their diff IDs and sizes again. The old catalog is kept under another name. Containers and volumes are not
    /// brought back.
    ///
    /// The new catalog is made with all entries of index.json in it, so whenever this is killed none is forgotten: what
    /// is not restored yet, or can't be with the blobs that are here, is in `lostImages`.
    public static func rebuild(
        root: String, options: StoreOptions = StoreOptions()
    ) throws -> (store: ImageStore, report: RebuildReport) {
        try translatingErrors {
            let layout = StoreLayout(root: root)
            let entries = try readIndex(layout)
            var report = RebuildReport()
            report.oldCatalog = try setAside(layout, options)
            let store = try create(layout, options, restoring: entries)
            report.losses = try store.restoreLostImages()
            let images = try store.images(ListOptions(includesIntermediates: true))
            report.images = images.count
            report.references = images.reduce(0) { $0 + $1.references.count }
            return (store, report)
        }
    }

    private static func readIndex(_ layout: StoreLayout) throws -> [OCIIndexEntry] {
        if let file = try FileOperations.open(layout.index) {
            return try OCIIndexReader.entries(file.readAll(limit: 1 << 28))
        }
        guard try FileStatus.of(layout.blobs) != nil else { throw StoreError.noSuchStore(path: layout.root) }
        return try OCIIndexEntry.reading(layout)
    }

    /// The path the old catalog has got.
    private static func setAside(_ layout: StoreLayout, _ options: StoreOptions) throws -> String? {
        try options.files.makeDirectory(layout.locks)
        let lock = try FileLock.acquire(
            layout.creationLock, .exclusive, timeout: options.lockTimeout, files: options.files
        )
        guard try FileStatus.of(layout.catalog) != nil else { return nil }
        let target = "\(layout.catalog).lost-\(options.now().unixSeconds)-\(RandomName.make())"
        // The WAL first: beside a new catalog it would be taken for the new one's.
        for suffix in ["-wal", "-shm", ""] where try FileStatus.of(layout.catalog + suffix) != nil {
            try options.files.rename(layout.catalog + suffix, to: target + suffix)
        }
        _ = consume lock
        return target
    }
}
