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

    private let ingest: Ingest
    private let descriptor: Descriptor
    private let state: Mutex<State>

    init(ingest: Ingest, descriptor: Descriptor) {
        self.ingest = ingest
        self.descriptor = descriptor
        self.state = Mutex(State(digester: LayerDigester(), failure: nil))
    }

    /// Feeds the digester what an earlier attempt left on disk; the blob's own hash goes on from its saved midstate.
    func replay() throws {
        try ingest.replay { bytes in digest(bytes) }
    }

    /// Drops what is there: the server sends the blob from its beginning.
    func restart() throws {
        try ingest.restart()
        state.withLock { $0 = State(digester: LayerDigester(), failure: nil) }
    }

    /// - Returns: the bytes received so far.
    func accept(_ chunk: ByteBuffer) throws -> Int64 {
        try chunk.withUnsafeReadableBytes { bytes in
            try ingest.append(bytes)
            digest(bytes)
        }
        return ingest.frontier
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
        state.withLock { state in
            guard state.failure == nil else { return }
            do { try state.digester.push(bytes) } catch { state.failure = error }
        }
    }
}
