// SPDX-License-Identifier: Apache-2.0
import ByteStreams
public import OCI
public import RegistryClient
import Synchronization

/// Copies an image between registries and layouts without the store: only blobs that the target lacks move, several at
/// once, each straight from one connection to the other and hashed on the way. Manifests follow when all they need is
/// there, the name comes last; so a copy that fails has changed nothing that has a name.
///
/// Events come as those of a push.
/// - Throws: ``EngineError``, `IOError`, or `CancellationError`; what arrived is found there by the next copy.
public struct CopyOperation: Sendable {
    let source: any CopySource
    let target: any CopyTarget
    let choice: CopyRequest.Choice
    /// How many blobs move at once.
    let limit: Int
    let report: ProgressHandler

    init(
        from source: any CopySource, to target: any CopyTarget, choice: CopyRequest.Choice, limit: Int,
        report: @escaping ProgressHandler
    ) {
        self.source = source
        self.target = target
        self.choice = choice
        self.limit = limit
        self.report = report
    }

    public init(
        registry: RegistryClient, pool: BlockingPool, request: CopyRequest, report: @escaping ProgressHandler
    ) throws {
        self.init(
            from: try Self.source(request.source, registry, pool),
            to: try Self.target(request.destination, registry, pool), choice: request.choice,
            limit: registry.configuration.maxConcurrentUploads, report: report)
    }

    /// - Returns: what the target now has under the name.
    public func run() async throws -> Descriptor {
        let root = try await source.root()
        report(.message("The push refers to repository [\(target.place)]"))
        let content = try await content(of: root)
        try await copyBlobs(content.blobs)
        for document in content.documents {
            try await target.put(document, isRoot: document.digest == content.root.digest)
        }
        let copied = content.root.descriptor
        report(.message("\(target.tag): digest: \(copied.digest) size: \(copied.size)"))
        return copied
    }

    private func copyBlobs(_ blobs: [Descriptor]) async throws {
        let ids = blobs.map(\.digest.short)
        for id in ids { report(.update(id, "Preparing")) }
        for id in ids.dropFirst(limit) { report(.update(id, "Waiting")) }
        _ = try await mapBounded(blobs, limit: limit) { blob in try await copy(blob) }
    }

    private func copy(_ blob: Descriptor) async throws {
        let id = blob.digest.short
        guard !blob.mediaType.isForeignLayer else { return report(.update(id, "Skipped foreign layer")) }
        let throttle = Mutex(ProgressThrottle(total: blob.size))
        let report = report
        let countdown: @Sendable (Int) -> Void = { report(.update(id, RetryPolicy.countdownText($0))) }
        let outcome = try await target.put(
            blob, from: VerifiedBlob(source.blob(blob, countdown: countdown), blob), mountFrom: source.repository,
            progress: { sent in
                guard throttle.withLock({ $0.isDue(sent, now: .now) }) else { return }
                report(.update(id, "Pushing", ProgressAmount(current: sent, total: blob.size)))
            }, countdown: countdown)
        switch outcome {
        case .alreadyExists: report(.update(id, "Layer already exists"))
        case .mounted(let other): report(.update(id, "Mounted from \(other.path)"))
        case .uploaded: report(.update(id, "Pushed"))
        }
    }
}
