// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import ImageStore
import NIOCore
import OCI
import Synchronization
import TarArchive

/// What happens to the bytes of a layer on their way to disk, in one pass: the store hashes and writes them as they
/// came, the digester inflates, hashes and measures the tar inside.
final class LayerPipeline: Sendable {
    /// A layer that doesn't inflate is still downloaded whole: only its digest tells a broken transfer from a broken image.
    private struct State: ~Copyable {
        var digester: LayerDigester
        var failure: (any Error)?
    }

    /// What one thread hashes and inflates before it goes back to its connection.
    private static let stretch = 16
    private static let pieceSize = 256 << 10

    private let ingest: Ingest
    private let descriptor: Descriptor
    private let limits: InflateLimits
    private let state: Mutex<State>

    init(ingest: Ingest, descriptor: Descriptor, limits: InflateLimits) {
        self.ingest = ingest
        self.descriptor = descriptor
        self.limits = limits
        self.state = Mutex(State(digester: LayerDigester(inflateLimits: limits), failure: nil))
    }

    /// Bytes received, in whatever order.
    var received: Int64 { ingest.received }
    var gaps: [Range<Int64>] { ingest.gaps }

    /// Feeds the digester what an earlier attempt left on disk; the blob's own hash goes on from its saved midstate.
    func replay() throws {
        try ingest.replay { bytes in digest(bytes) }
        try settle()
    }

    /// Drops what is there: the server sends the blob from its beginning.
    func restart() throws {
        try ingest.restart()
        state.withLock { $0 = State(digester: LayerDigester(inflateLimits: limits), failure: nil) }
    }

    /// Drops what lies beyond the first gap: a stream brings all from there.
    func flatten() throws {
        try ingest.flatten()
    }

    /// Takes the bytes at the frontier.
    /// - Returns: the bytes received so far.
    func accept(_ chunk: ByteBuffer) throws -> Int64 {
        try chunk.withUnsafeReadableBytes { bytes in
            try ingest.append(bytes)
            digest(bytes)
        }
        return ingest.received
    }

    /// Takes bytes of one of several connections. They go to disk at once; whichever connection finds nobody at it
    /// hashes and inflates what has no gap before it any more, reading it back from the page cache. So memory holds no
    /// more than a chunk a connection, however far one runs ahead.
    /// - Returns: the bytes received so far.
    func accept(_ chunk: ByteBuffer, at offset: Int64) throws -> Int64 {
        try chunk.withUnsafeReadableBytes { try ingest.write($0, at: offset) }
        _ = try state.withLockIfAvailable { state in
            try advance(&state, pieces: Self.stretch)
        }
        return ingest.received
    }

    /// Hashes and inflates all there is up to the first gap.
    func settle() throws {
        try state.withLock { state in
            while try advance(&state, pieces: Self.stretch) {}
        }
    }

    /// - Returns: whether there may be more.
    private func advance(_ state: inout State, pieces: Int) throws -> Bool {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.pieceSize, alignment: 64)
        defer { buffer.deallocate() }
        for _ in 0..<pieces {
            let count = try ingest.advance(into: buffer)
            if count == 0 { return false }
            Self.digest(UnsafeRawBufferPointer(rebasing: buffer[..<count]), &state)
        }
        return true
    }

    /// Verifies the blob and gives it its name.
    /// - Throws: `StoreError.digestMismatch`; an ``EngineError`` when the bytes are right but are no layer.
    func commit(source: BlobSource) throws -> LayerFacts {
        let result = state.withLock { state -> Result<LayerFacts, any Error> in
            if let failure = state.failure { return .failure(failure) }
            return Result { LayerFacts(try state.digester.finish()) }
        }
        switch result {
        case .success(let facts):
            try ingest.commit(mediaType: descriptor.mediaType, facts: facts, source: source)
            return facts
        case .failure(let error):
            try ingest.commit(mediaType: descriptor.mediaType, facts: nil, source: source)
            throw EngineError("failed to register layer: \(error)", phase: .stream)
        }
    }

    private func digest(_ bytes: UnsafeRawBufferPointer) {
        state.withLock { Self.digest(bytes, &$0) }
    }

    private static func digest(_ bytes: UnsafeRawBufferPointer, _ state: inout State) {
        guard state.failure == nil else { return }
        do { try state.digester.push(bytes) } catch { state.failure = error }
    }
}
