// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Glibc
public import OCI
import Synchronization

/// The digests (blobs, and diff IDs of unpacked layers) that a running operation needs: nothing listed is collected
/// while its process lives. The lease is a locked file, so the death of the process ends it and no clock decides.
///
/// Protect first, look afterwards: what is found after `protect` returned stays.
public final class Lease: Sendable {
    private let store: ImageStore
    private let path: String
    /// The locked file and what it lists already; nil once released.
    private let held: Mutex<Held?>

    private struct Held: ~Copyable {
        let file: OwnedFD
        var digests: Set<Digest> = []

        init(file: consuming OwnedFD) {
            self.file = file
        }
    }

    init(store: ImageStore, purpose: String) throws {
        self.store = store
        path = "\(store.layout.leases)/\(RandomName.make())"
        // Shared with other leases, exclusive of the collector, which takes an unlocked lease file for a dead one.
        let guardLock = try store.collectorLock(.shared)
        let file = try store.files.create(path, flags: O_EXCL | O_APPEND)
        guard flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 else {
            throw IOError(errno: errno, operation: "flock", path: path)
        }
        let line = Array("# \(purpose.replacing("\n", with: " "))\n".utf8)
        try store.files.write(line, to: file, path: path)
        held = Mutex(Held(file: file))
        _ = consume guardLock
    }

    /// A lease that covers nothing.
    init(readOnly store: ImageStore) {
        self.store = store
        path = ""
        held = Mutex(nil)
    }

    deinit {
        release()
    }

    /// Adds digests; returns when no collector that has not seen them is at work.
    public func protect(_ digests: [Digest]) throws {
        if store.isReadOnly { return }
        try translatingErrors {
            try held.withLock { held in
                guard held != nil else { throw StoreError.io(IOError(errno: EBADF, operation: "write", path: path)) }
                try add(digests, to: &held!)
            }
        }
    }

    /// Ends the protection. Going out of scope does it too.
    public func release() {
        held.withLock { held in
            guard held != nil else { return }
            // The file goes first: an unlocked file would be a dead lease, which the next collector removes anyway.
            try? store.files.unlink(path)
            held = nil
        }
    }

    private func add(_ digests: [Digest], to held: inout Held) throws {
        let new = digests.filter { !held.digests.contains($0) }
        guard !new.isEmpty else { return }
        let guardLock = try store.collectorLock(.shared)
        let lines = new.flatMap { Array("\($0.hex)\n".utf8) }
        try store.files.write(lines, to: held.file, path: path)
        held.digests.formUnion(new)
        _ = consume guardLock
    }
}
