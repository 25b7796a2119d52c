// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc

extension ImageStore {
    /// Opens the store at `root`, creating it (mode 0700) when `options` allow.
    ///
    /// The path that every `image ls` takes does as little as possible: one read of the catalog's header, one open.
    /// Throws `StoreError.newerSchema` before anything is written when a newer program made the store.
    public static func open(root: String, options: StoreOptions = StoreOptions()) throws -> ImageStore {
        let layout = StoreLayout(root: root)
        return try translatingErrors {
            let header = try readHeader(layout)
            if let header, header.version == CatalogSchema.version {
                return try openExisting(layout, options)
            }
            try refuseForeign(header, layout)
            guard header != nil || options.createsMissing else { throw StoreError.noSuchStore(path: root) }
            return try create(layout, options)
        }
    }

    private static func readHeader(_ layout: StoreLayout) throws -> CatalogHeader? {
        do {
            return try CatalogHeader(path: layout.catalog)
        } catch let error as IOError where error.errno == EACCES {
            var status = stat()
            _ = stat(layout.root, &status)
            throw StoreError.accessDenied(path: layout.root, owner: status.st_uid)
        }
    }

    private static func refuseForeign(_ header: CatalogHeader?, _ layout: StoreLayout) throws {
        if let header, header.version > CatalogSchema.version {
            throw StoreError.newerSchema(
                path: layout.root, found: header.version, supported: CatalogSchema.version
            )
        }
        if let header, header.version > 0, header.applicationID != CatalogSchema.applicationID {
            throw StoreError.notACatalog(path: layout.catalog)
        }
        // A store is complete once oci-layout is there; then a missing or empty catalog was lost.
        if header?.version ?? 0 == 0, try FileStatus.of(layout.ociLayout) != nil {
            throw StoreError.catalogLost(path: layout.root)
        }
    }

    private static func openExisting(_ layout: StoreLayout, _ options: StoreOptions) throws -> ImageStore {
        guard let access = writeAccess(to: layout.root) else {
            let database = try writableDatabase(layout, options)
            return ImageStore(layout: layout, options: options, database: database, isReadOnly: false)
        }
        let database = try readOnlyDatabase(layout, options, isMediumReadOnly: access == EROFS)
        return ImageStore(layout: layout, options: options, database: database, isReadOnly: true)
    }

    /// On a disk that is full SQLite can't make its shared memory file, which also tells that nobody else has it.
    private static func writableDatabase(_ layout: StoreLayout, _ options: StoreOptions) throws -> Database {
        do {
            return try Database(path: layout.catalog, access: .readWrite, patience: options.lockTimeout)
        } catch  where error.isDiskFull {
            return try Database(path: layout.catalog, access: .exclusive, patience: options.lockTimeout)
        }
    }

    /// Nil when the store can be written, else why not (`EACCES`, `EROFS`).
    private static func writeAccess(to path: String) -> Int32? {
        faccessat(AT_FDCWD, path, W_OK | X_OK, AT_EACCESS) == 0 ? nil : errno
    }

    /// On a read-only medium nobody can write, so SQLite needs no locks, unless a process that was killed left changes in
    /// the WAL: those are seen only by a reader that follows the protocol. On another medium somebody with more rights
    /// may be writing, and the shared memory file that a WAL needs is theirs. Without one there is no writer.
    private static func readOnlyDatabase(
        _ layout: StoreLayout, _ options: StoreOptions, isMediumReadOnly: Bool
    ) throws -> Database {
        let hasLog = try FileStatus.of("\(layout.catalog)-wal")?.size ?? 0 > 0
        if !isMediumReadOnly || hasLog, try FileStatus.of("\(layout.catalog)-shm") != nil {
            return try Database(path: layout.catalog, access: .readOnly, patience: options.lockTimeout)
        }
        return try Database(path: layout.catalog, access: .immutable, patience: options.lockTimeout)
    }
}
