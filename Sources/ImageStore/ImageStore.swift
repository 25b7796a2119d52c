// SPDX-License-Identifier: Apache-2.0

public import ByteStreams
import Glibc
import OCI
import Synchronization

/// A content-addressed store of images in a directory, shared by any number of processes.
///
/// What it promises (each line has a test): a name resolves to the old or the new complete image, never to a half one;
/// what a reference reaches was on the disk before the reference; nothing that a reference, a container or a live lease
/// reaches is deleted; two processes that want one blob fetch it once; what a killed process leaves is harmless.
///
/// Synchronous, and blocking on disk and locks: call it from a thread that may block.
public final class ImageStore: Sendable {
    /// The directory, as given.
    public let root: String
    /// Read-only media, or no permission to write: reading verbs work and write no lock files, all others throw.
    public let isReadOnly: Bool

    let layout: StoreLayout
    let options: StoreOptions
    let database: LockedDatabase
    let state = Mutex(StoreState())

    var files: FileOperations { options.files }

    /// How far layers are trusted that are read into the store or unpacked.
    public var layerLimits: InflateLimits { InflateLimits(maxOutput: options.maxLayerSize) }

    init(layout: StoreLayout, options: StoreOptions, database: Database, isReadOnly: Bool) {
        root = layout.root
        self.layout = layout
        self.options = options
        self.isReadOnly = isReadOnly
        self.database = LockedDatabase(database)
    }

    /// Closes the catalog; later calls throw. Going out of scope does it too.
    public func close() {
        database.close()
    }

    func requireWritable() throws {
        if isReadOnly { throw StoreError.readOnly(path: root) }
    }

    // MARK: Access to the catalog

    /// Queries over one snapshot of the catalog.
    func reading<T: Sendable>(_ body: (Catalog) throws -> T) throws -> T {
        try using { database in try database.read { try body(Catalog(database: database)) } }
    }

    /// One transaction. `durability` is `.power` unless losing the change to a power failure is harmless; in a batch
    /// the end of the batch makes everything durable at once.
    func writing<T: Sendable>(
        _ durability: Database.Durability = .power, _ body: (Catalog) throws -> T
    ) throws -> T {
        try requireWritable()
        let isBatch = state.withLock { $0.batchDepth > 0 }
        return try using { database in
            try database.write(isBatch ? .process : durability) {
                let result = try body(Catalog(database: database))
                try files.announce(.commit)
                return result
            }
        }
    }

    /// A transaction that is rolled back: what would happen.
    func rehearsing<T: Sendable>(_ body: (Catalog) throws -> T) throws -> T {
        try requireWritable()
        return try using { database in try database.rehearse { try body(Catalog(database: database)) } }
    }

    private func using<T: Sendable>(_ body: (Database) throws -> T) throws -> T {
        try translatingErrors {
            try database.use { database in
                guard let database else { throw StoreError.closed(path: root) }
                return try body(database)
            }
        }
    }
}
