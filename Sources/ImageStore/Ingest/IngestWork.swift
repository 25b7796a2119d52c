// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import CLinux
import Glibc
import OCI

/// The open files and the running hash of an `Ingest`; behind its mutex.
struct IngestWork: ~Copyable, Sendable {
    private let digest: Digest
    private let size: Int64
    private let layout: StoreLayout
    private let files: FileOperations
    /// Nil once the claim is over.
    private var lock: FileLock?
    private let file: OwnedFD
    private var hasher = SHA256Hasher()
    private var savedFrontier: Int64 = 0
    /// Written beyond the frontier, by several connections at once.
    private var ahead = ByteRanges()
    /// Whether bytes beyond the frontier may be holes; the saved state says so before the first of them is written.
    private var isSparse = false
    /// Bytes written since the state was saved.
    private var unsaved: Int64 = 0

    private var path: String { layout.partial(digest) }

    var frontier: Int64 { Int64(hasher.byteCount) }
    var received: Int64 { frontier + ahead.count }
    var gaps: [Range<Int64>] { ahead.gaps(in: frontier..<size) }

    /// `file` is the partial; call `resume` first.
    init(
        digest: Digest, size: Int64, store: ImageStore, lock: consuming FileLock, file: consuming OwnedFD
    ) {
        self.digest = digest
        self.size = size
        layout = store.layout
        files = store.files
        self.lock = consume lock
        self.file = file
    }

    /// Brings the hash up to the end of the partial: from the saved state on, or from the first byte.
    mutating func resume() throws {
        if let state = IngestState.load(layout.partialState(digest), for: file) {
            hasher = SHA256Hasher(resuming: state.midstate)
            savedFrontier = state.frontier
            isSparse = state.isSparse
            ahead = state.ahead
        }
        let stored = Int64(try file.status().st_size)
        if stored > size {
            try restart()
        } else if !isSparse {
            try hashRest(upTo: stored)
        }
    }

    mutating func append(_ bytes: UnsafeRawBufferPointer) throws {
        try requireOpen()
        guard Int64(bytes.count) <= size - frontier else { throw StoreError.tooLong(digest: digest, size: size) }
        try files.write(bytes, to: file, at: frontier, path: path)
        hasher.update(bytes)
        ahead.remove(before: frontier)
        if frontier - savedFrontier >= Ingest.stateInterval { try saveState() }
    }

    mutating func write(_ bytes: UnsafeRawBufferPointer, at offset: Int64) throws {
        try requireOpen()
        guard offset >= frontier, Int64(bytes.count) <= size - offset else {
            throw StoreError.tooLong(digest: digest, size: size)
        }
        if !isSparse {
            isSparse = true
            try saveState()
        }
        try files.write(bytes, to: file, at: offset, path: path)
        ahead.insert(offset..<offset + Int64(bytes.count))
        unsaved += Int64(bytes.count)
        if unsaved >= Ingest.sparseStateInterval { try saveState() }
    }

    /// Reads and hashes the next bytes that are there without a gap. 0 when there are none.
    mutating func advance(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard let next = ahead.first, next.lowerBound == frontier else { return 0 }
        let wanted = min(buffer.count, next.count)
        let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted]), at: frontier)
        guard count > 0 else { throw IOError(errno: EIO, operation: "read", path: path) }
        hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        ahead.remove(before: frontier)
        return count
    }

    /// Drops what lies beyond the first gap, for a stream that brings it again.
    mutating func flatten() throws {
        guard isSparse else { return }
        try requireOpen()
        ahead = ByteRanges()
        // Before the file is short the state must have stopped to vouch for its end.
        try saveState()
        try files.truncate(file, to: frontier, path: path)
        isSparse = false
        try saveState()
    }

    func replay(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        try readFile(from: 0, upTo: frontier, body)
    }

    mutating func restart() throws {
        try requireOpen()
        // The state first: it must never vouch for bytes of another attempt.
        try files.unlink(layout.partialState(digest))
        try files.truncate(file, to: 0, path: path)
        hasher = SHA256Hasher()
        savedFrontier = 0
        ahead = ByteRanges()
        isSparse = false
    }

    mutating func suspend() {
        guard lock != nil else { return }
        if frontier > savedFrontier || unsaved > 0 { try? saveState() }
        lock = nil
    }

    mutating func discard() throws {
        guard lock != nil else { return }
        defer { lock = nil }
        try files.unlink(layout.partialState(digest))
        try files.unlink(path)
        try files.unlink(layout.partialLock(digest))
    }

    mutating func commit(_ record: () throws -> Void) throws {
        try requireOpen()
        guard frontier == size else {
            suspend()
            throw StoreError.tooShort(digest: digest, size: size, received: frontier)
        }
        let actual = hasher.finalize()
        guard actual == digest else {
            try discard()
            throw StoreError.digestMismatch(expected: digest, actual: actual)
        }
        defer { lock = nil }
        try Self.publish(file, from: path, to: layout.blob(digest), files: files)
        try record()
        try files.unlink(layout.partialState(digest))
        // Whoever opened the old lock file finds out that it has no name any more and opens a new one.
        try files.unlink(layout.partialLock(digest))
    }

    /// A verified file becomes a blob.
    static func publish(_ file: borrowing OwnedFD, from path: String, to blob: String, files: FileOperations) throws {
        guard fchmod(file.rawValue, 0o444) == 0 else { throw IOError(errno: errno, operation: "chmod", path: path) }
        try files.sync(file, path: path)
        try files.rename(path, to: blob)
    }

    // MARK: Steps

    private func requireOpen() throws {
        if lock == nil { throw StoreError.io(IOError(errno: EBADF, operation: "write", path: path)) }
    }

    private mutating func saveState() throws {
        let state = try IngestState(midstate: hasher.midstate, isSparse: isSparse, ahead: ahead, of: file)
        try files.replace(
            layout.partialState(digest), with: state.serialized, in: layout.ingest, isDurable: false
        )
        // The disk begins now, so that the barrier at the end has little to wait for.
        clinux_begin_writing(file.rawValue, savedFrontier, frontier - savedFrontier)
        savedFrontier = frontier
        unsaved = 0
    }

    private mutating func hashRest(upTo end: Int64) throws {
        var copy = hasher
        try readFile(from: frontier, upTo: end) { copy.update($0) }
        hasher = copy
    }

    private func readFile(
        from start: Int64, upTo end: Int64, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        guard start < end else { return }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 64)
        defer { buffer.deallocate() }
        var offset = start
        while offset < end {
            let wanted = min(Int64(buffer.count), end - offset)
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(wanted)])
            let count = try file.read(into: part, at: offset)
            guard count > 0 else { throw IOError(errno: EIO, operation: "read", path: path) }
            try body(UnsafeRawBufferPointer(rebasing: part[..<count]))
            offset += Int64(count)
        }
    }
}
