// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc

extension ImageStore {
    /// Creates a store, finishes a creation that was killed, or migrates an older schema; under the creation lock.
    ///
    /// - Parameter restoring: entries of an index.json that a new catalog must not forget, noted in it before anybody
    ///   can open it.
    static func create(
        _ layout: StoreLayout, _ options: StoreOptions, restoring entries: [OCIIndexEntry] = []
    ) throws -> ImageStore {
        let files = options.files
        do {
            try files.makeDirectories(layout.root)
            try files.makeDirectory(layout.locks)
        } catch let error as IOError where error.errno == EACCES || error.errno == EROFS {
            throw StoreError.accessDenied(path: layout.root, owner: owner(ofNearest: layout.root))
        }
        let lock = try FileLock.acquire(
            layout.creationLock, .exclusive, timeout: options.lockTimeout, files: files
        )
        for directory in layout.directories { try files.makeDirectory(directory) }
        try clearUnwrittenCatalog(layout, files)
        let database = try Database(path: layout.catalog, access: .readWrite, patience: options.lockTimeout)
        try migrate(database, files, restoring: entries)
        try writeLayoutFiles(layout, files)
        _ = consume lock
        let store = ImageStore(layout: layout, options: options, database: database, isReadOnly: false)
        store.renewReserve()
        return store
    }

    /// A power failure may leave zeros for a catalog, of which SQLite can make nothing.
    private static func clearUnwrittenCatalog(_ layout: StoreLayout, _ files: FileOperations) throws {
        guard try FileStatus.of(layout.ociLayout) == nil, let header = try CatalogHeader(path: layout.catalog),
            header.isUnwritten
        else { return }
        for suffix in ["", "-journal", "-wal", "-shm"] { try files.unlink(layout.catalog + suffix) }
    }

    private static func migrate(
        _ database: Database, _ files: FileOperations, restoring entries: [OCIIndexEntry]
    ) throws {
        try database.script("PRAGMA journal_mode=WAL")
        // Another process may have done it while this one waited for the lock.
        let version = Int(try database.integer("PRAGMA user_version"))
        guard version < CatalogSchema.version else { return }
        try database.write(.power) {
            for step in CatalogSchema.migrations[version...] { try database.script(step) }
            try Catalog(database: database).addLostEntries(entries)
            try database.script("PRAGMA application_id=\(CatalogSchema.applicationID)")
            try database.script("PRAGMA user_version=\(CatalogSchema.version)")
            try files.announce(.commit)
        }
        // The header of the main file must tell the version without the WAL (CatalogHeader).
        try database.script("PRAGMA wal_checkpoint(TRUNCATE)")
    }

    /// Written last: a store that has them is complete.
    private static func writeLayoutFiles(_ layout: StoreLayout, _ files: FileOperations) throws {
        if try FileStatus.of(layout.index) == nil {
            try files.replace(layout.index, with: Array(OCIIndexWriter.empty.utf8), in: layout.root)
        }
        if try FileStatus.of(layout.ociLayout) == nil {
            try files.replace(layout.ociLayout, with: Array(OCIIndexWriter.layoutVersion.utf8), in: layout.root)
        }
    }

    /// The owner of the first directory on the way up that exists.
    private static func owner(ofNearest path: String) -> UInt32 {
        var path = path
        while true {
            if let status = try? FileStatus.of(path) { return status.owner }
            guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return 0 }
            path = String(path[..<slash])
        }
    }
}
