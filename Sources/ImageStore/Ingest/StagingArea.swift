// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc

/// A directory of `ingest/` for the files of a batch. It is locked while its writer lives, so that a sweep sees that
/// they are wanted, and what is left in it goes when the value goes.
final class StagingArea: Sendable {
    /// More files than these are made durable with their file system as a whole: a barrier each takes milliseconds, one
    /// for all waits for what others have written, too.
    private static let maximumBarriers = 8

    private let path: String
    private let files: FileOperations
    /// Opened before anything is written: syncfs(2) reports the write errors since then (Linux 5.8 on).
    private let directory: OwnedFD
    private let lock: FileLock

    init(store: ImageStore) throws {
        path = "\(store.layout.ingest)/\(RandomName.make())\(Self.suffix)"
        files = store.files
        // A sweep must not see the directory before it is locked.
        let guardLock = try store.collectorLock(.shared)
        try files.makeDirectory(path)
        directory = try OwnedFD(opening: path, flags: O_RDONLY | O_DIRECTORY)
        let lockPath = Self.lockPath(path)
        guard let lock = try FileLock.attempt(lockPath, .exclusive, files: files) else {
            throw IOError(errno: EWOULDBLOCK, operation: "flock", path: lockPath)
        }
        self.lock = lock
        _ = consume guardLock
    }

    deinit {
        _ = try? Self.remove(path, files)
    }

    /// A new file, read-only for everybody who opens it later, as blobs are.
    func create(_ name: String) throws -> OwnedFD {
        try files.create(filePath(name), flags: O_EXCL, mode: 0o444)
    }

    func filePath(_ name: String) -> String { "\(path)/\(name)" }

    /// The bytes of these files are on the disk when this returns.
    func sync(_ names: [String]) throws {
        guard names.count <= Self.maximumBarriers else { return try files.syncFileSystem(of: directory, path: path) }
        for name in names {
            let file = try OwnedFD(opening: filePath(name), flags: O_RDONLY | O_NOFOLLOW)
            try files.sync(file, path: filePath(name))
        }
    }

    // MARK: Sweeping

    static let suffix = ".batch"

    private static func lockPath(_ path: String) -> String { "\(path)/lock" }

    /// Deletes the area at `path` if its writer is gone. Under the exclusive collector lock. Bytes freed.
    static func sweep(_ path: String, _ store: ImageStore) throws -> Int64 {
        do {
            guard let lock = try FileLock.attempt(lockPath(path), .exclusive, files: store.files) else { return 0 }
            let bytes = try remove(path, store.files)
            _ = consume lock
            return bytes
        } catch let error as IOError where error.errno == ENOENT {
            // Its writer was about to remove it.
            return 0
        }
    }

    private static func remove(_ path: String, _ files: FileOperations) throws -> Int64 {
        try files.announce(.unlink(path))
        var remover = TreeRemover()
        try remover.remove(path)
        return remover.bytes
    }
}
