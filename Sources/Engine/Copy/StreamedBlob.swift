// SPDX-License-Identifier: Apache-2.0
import NIOCore
import OCI
import RegistryClient

import protocol RegistryClient.BlobSource

/// A blob of a registry that is sent on while it arrives; nothing of it is kept. A broken download goes on where it
/// broke, and one that is wanted from elsewhere is opened anew there.
actor StreamedBlob: BlobSource {
    private let registry: RegistryClient
    private let repository: Repository
    private let descriptor: Descriptor
    private let countdown: @Sendable (Int) -> Void

    private var stream: BlobStream.Iterator?
    private var pending = ByteBuffer()
    /// Where `pending` begins, in bytes from the start of the blob.
    private var position: Int64 = 0
    private var isReading = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(
        _ descriptor: Descriptor, in repository: Repository, of registry: RegistryClient,
        countdown: @escaping @Sendable (Int) -> Void
    ) {
        self.registry = registry
        self.repository = repository
        self.descriptor = descriptor
        self.countdown = countdown
    }

    func read(at offset: Int64, count: Int) async throws -> ByteBuffer {
        // An upload that broke may still be waiting for bytes when the next one asks for its first.
        await enter()
        defer { leave() }
        let policy = RetryPolicy.layer(maxAttempts: registry.configuration.maxDownloadAttempts)
        try await retrying(policy, clock: registry.clock, countdown: countdown, frontier: { position }) {
            do {
                try await fill(at: offset)
            } catch {
                stream = nil
                throw error
            }
        }
        let piece = pending.readSlice(length: min(count, pending.readableBytes)) ?? ByteBuffer()
        position += Int64(piece.readableBytes)
        return piece
    }

    /// Waits for bytes from `offset` on.
    private func fill(at offset: Int64) async throws {
        if stream == nil || position != offset {
            pending.clear()
            let opened = try await registry.blob(descriptor, in: repository, offset: offset)
            stream = opened.makeAsyncIterator()
            position = opened.start
        }
        while pending.readableBytes == 0 || position < offset {
            guard var next = stream else { return }
            guard let chunk = try await next.next(isolation: self) else {
                throw RegistryError(.shortBody(expected: descriptor.size, actual: position))
            }
            stream = next
            pending = chunk
            // A server without ranges begins at the start.
            let surplus = Int(min(Int64(chunk.readableBytes), max(0, offset - position)))
            pending.moveReaderIndex(forwardBy: surplus)
            position += Int64(surplus)
        }
    }

    private func enter() async {
        guard isReading else { return isReading = true }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func leave() {
        if waiting.isEmpty { isReading = false } else { waiting.removeFirst().resume() }
    }
}
