// SPDX-License-Identifier: Apache-2.0
public import ImageStore
import OCI
public import RegistryClient

/// Brings an image from its registry into the store: documents, then all missing layers at once, then one transaction.
///
/// Events come in docker's order and words (classic store): `Pulling from`, the layers' states, `Digest`, `Status`.
/// - Throws: ``EngineError``, `StoreError`, or `CancellationError`; what was downloaded stays for the next pull to resume.
public struct PullOperation: Sendable {
    let store: ImageStore
    let registry: RegistryClient
    let pool: BlockingPool
    let request: PullRequest
    let report: ProgressHandler

    public init(
        store: ImageStore, registry: RegistryClient, pool: BlockingPool, request: PullRequest,
        report: @escaping ProgressHandler
    ) {
        self.store = store
        self.registry = registry
        self.pool = pool
        self.request = request
        self.report = report
    }

    /// - Returns: the images pulled, in the order of their tags.
    public func run() async throws -> [PulledImage] {
        guard request.reference.repository.canonical != "docker.io/library/scratch" else {
            throw EngineError("'scratch' is a reserved name")
        }
        let references = request.allTags ? try await allReferences() : [request.reference.withDefaultTag()]
        var pulled: [PulledImage] = []
        for reference in references {
            pulled.append(try await pull(reference))
        }
        reportStatus(of: pulled)
        return pulled
    }

    private func allReferences() async throws -> [Reference] {
        do {
            return try await registry.tags(of: request.reference.repository).map { try request.reference.withTag($0) }
        } catch let error as RegistryError {
            throw EngineError(error.pullDescription(for: request.reference))
        }
    }

    private func reportStatus(of pulled: [PulledImage]) {
        let name = request.allTags ? request.reference.familiarName : request.reference.withDefaultTag().familiar
        let isNew = pulled.contains { $0.isNew }
        report(
            .message(isNew ? "Status: Downloaded newer image for \(name)" : "Status: Image is up to date for \(name)"))
        guard let wanted = request.platform, !request.allTags, let image = pulled.first, image.isSingle else { return }
        guard wanted.select(from: [image.platformDescriptor]) == nil else { return }
        report(
            .message(
                "WARNING: image with reference \(request.argument) was found but its platform (\(image.platform)) "
                    + "does not match the specified platform (\(wanted.normalized()))"))
    }
}
