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
        let frontier = DownloadFrontier()
        let policy = RetryPolicy.layer(maxAttempts: registry.configuration.maxDownloadAttempts)
        do {
            return try await retrying(
                policy, clock: registry.clock, countdown: { report(.update(id, RetryPolicy.countdownText($0))) },
                frontier: { frontier.value }, { try await attempt(frontier) })
        } catch let error as RegistryError {
            throw EngineError(error.description, phase: .stream)
        }
    }

    private func attempt(_ frontier: DownloadFrontier) async throws -> LayerFacts {
        let store = store, descriptor = descriptor, lease = lease
        var throttle = ProgressThrottle(total: descriptor.size)
        while true {
            switch try await pool.run({ try store.acquire(descriptor.digest, size: descriptor.size, lease: lease) }) {
            case .present(let facts?):
                report(.update(id, "Download complete"))
                return facts
            case .present(nil):
                return try await pool.run { try LayerFactsReader.read(descriptor, from: store) }
            case .owner(let ingest):
                defer { ingest.suspend() }
                return try await download(into: ingest, frontier: frontier)
            case .busy(_, let received):
                follow(received, throttle: &throttle)
                try await Task.sleep(for: Self.followInterval)
            }
        }
    }

    /// Shows the progress of the process that downloads this layer for us.
    private func follow(_ received: Int64, throttle: inout ProgressThrottle) {
        guard throttle.isDue(received, now: .now) else { return }
        report(.update(id, "Downloading", ProgressAmount(current: received, total: descriptor.size)))
    }

    private func download(into ingest: Ingest, frontier: DownloadFrontier) async throws -> LayerFacts {
        let pipeline = LayerPipeline(ingest: ingest, descriptor: descriptor)
        let offset = ingest.frontier
        if offset > 0 {
            report(.update(id, "Downloading", ProgressAmount(current: offset, total: descriptor.size)))
            try await pool.run { try pipeline.replay() }
        }
        frontier.value = offset
        if offset < descriptor.size {
            try await receive(into: pipeline, offset: offset, frontier: frontier)
        }
        report(.update(id, "Verifying Checksum"))
        let facts = try await commit(pipeline, isResumed: offset > 0)
        report(.update(id, "Download complete"))
        return facts
    }

    private func receive(into pipeline: LayerPipeline, offset: Int64, frontier: DownloadFrontier) async throws {
        let stream = try await registry.blob(descriptor, in: reference.repository, offset: offset)
        if stream.start == 0, offset > 0 { try await pool.run { try pipeline.restart() } }
        var throttle = ProgressThrottle(total: descriptor.size)
        for try await chunk in stream {
            let received = try await pool.run { try pipeline.accept(chunk) }
            frontier.value = received
            if throttle.isDue(received, now: .now) {
                report(.update(id, "Downloading", ProgressAmount(current: received, total: descriptor.size)))
            }
        }
    }

    private func commit(_ pipeline: LayerPipeline, isResumed: Bool) async throws -> LayerFacts {
        let source = BlobSource(host: reference.domain, repository: reference.path)
        do {
            return try await pool.run { try pipeline.commit(source: source) }
        } catch StoreError.digestMismatch {
            throw RegistryError.digestMismatch(descriptor, resumed: isResumed)
        }
    }
}
