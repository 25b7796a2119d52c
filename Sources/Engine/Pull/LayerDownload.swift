// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import ImageStore
import NIOCore
import OCI
import RegistryClient

/// Downloads one layer: alone among all processes, from where an earlier attempt stopped, again after a failure that
/// may pass.
struct LayerDownload: Sendable {
    /// How often a follower looks at the partial of the process it follows.
    private static let followInterval: Duration = .milliseconds(50)

    let store: ImageStore
    let registry: RegistryClient
    let pool: BlockingPool
    let descriptor: Descriptor
    let reference: Reference
    let lease: Lease
    let report: ProgressHandler

    var id: String { descriptor.digest.short }

    /// - Returns: what the layer holds; its blob is in the store then.
    func run() async throws -> LayerFacts {
        let id = id
        let report = report
        let progress = LayerProgress(total: descriptor.size) { report(.update(id, "Downloading", $0)) }
        let policy = RetryPolicy.layer(maxAttempts: registry.configuration.maxDownloadAttempts)
        do {
            return try await retrying(
                policy, clock: registry.clock, countdown: { report(.update(id, RetryPolicy.countdownText($0))) },
                frontier: { progress.received }, { try await attempt(progress) })
        } catch let error as RegistryError {
            throw EngineError(error.description, phase: .stream)
        }
    }

    private func attempt(_ progress: LayerProgress) async throws -> LayerFacts {
        let store = store, descriptor = descriptor, lease = lease
        while true {
            switch try await pool.run({ try store.acquire(descriptor.digest, size: descriptor.size, lease: lease) }) {
            case .present(let facts?):
                report(.update(id, "Download complete"))
                return facts
            case .present(nil):
                return try await pool.run { try LayerFactsReader.read(descriptor, from: store) }
            case .owner(let ingest):
                defer { ingest.suspend() }
                if let facts = try await download(into: ingest, progress) { return facts }
            case .busy(_, let received):
                // Shows the progress of the process that downloads this layer for us.
                progress.note(received)
                try await Task.sleep(for: Self.followInterval)
            }
        }
    }

    /// Whoever wrote the manifest chose the size: without this a registry could fill the disk with a layer that can never
    /// be whole.
    private func requireSpace(for missing: Int64) async throws {
        let store = store
        let limit = store.layerLimits.maxOutput
        guard descriptor.size <= limit else {
            throw EngineError("failed to register layer: \(InflateError.tooLarge(limit: limit))", phase: .stream)
        }
        guard try await pool.run({ try missing <= store.freeSpace }) else {
            throw EngineError(
                "write \(id): no space left on device: the layer has \(descriptor.size) bytes", phase: .stream)
        }
    }

    /// - Returns: nil when a mirror sent wrong bytes and another host is to be asked.
    private func download(into ingest: Ingest, _ progress: LayerProgress) async throws -> LayerFacts? {
        let pipeline = LayerPipeline(ingest: ingest, descriptor: descriptor, limits: store.layerLimits)
        let stored = ingest.received
        try await requireSpace(for: descriptor.size - stored)
        if stored > 0 {
            progress.show(stored)
            try await pool.run { try pipeline.replay() }
        }
        progress.received = stored
        let receiver = LayerReceiver(
            registry: registry, pool: pool, descriptor: descriptor, repository: reference.repository,
            pipeline: pipeline, progress: progress)
        let stream = try await receiver.run()
        report(.update(id, "Verifying Checksum"))
        do {
            let source = BlobSource(host: reference.domain, repository: reference.path)
            let facts = try await pool.run { try pipeline.commit(source: source) }
            report(.update(id, "Download complete"))
            return facts
        } catch StoreError.digestMismatch {
            progress.received = 0
            if let stream, registry.passOver(stream) { return nil }
            // The next attempt takes one stream from the beginning, which may well be right.
            stream?.parts?.distrust()
            throw RegistryError.digestMismatch(descriptor, resumed: stored > 0 || stream?.parts != nil)
        }
    }
}
