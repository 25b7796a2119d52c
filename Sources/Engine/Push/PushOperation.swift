// SPDX-License-Identifier: Apache-2.0
public import ImageStore
import OCI
public import RegistryClient

/// Brings images of the store into their registry: all layers at once, then configs, manifests, index and tag.
///
/// Documents and layers go out as they came, so an image keeps its digest; only layers that are stored uncompressed are
/// compressed, once. Events come in docker's order and words.
/// - Throws: ``EngineError``, `StoreError`, or `CancellationError`; blobs that arrived are found there by the next push.
public struct PushOperation: Sendable {
    let store: ImageStore
    let registry: RegistryClient
    let pool: BlockingPool
    let request: PushRequest
    let report: ProgressHandler

    public init(
        store: ImageStore, registry: RegistryClient, pool: BlockingPool, request: PushRequest,
        report: @escaping ProgressHandler
    ) {
        self.store = store
        self.registry = registry
        self.pool = pool
        self.request = request
        self.report = report
    }

    /// - Returns: the images pushed, in the order of their tags.
    public func run() async throws -> [PushedImage] {
        guard request.reference.digest == nil else {
            throw EngineError("cannot push a digest reference", phase: .stream)
        }
        report(.message("The push refers to repository [\(request.reference.repository.canonical)]"))
        var pushed: [PushedImage] = []
        for record in try await records() {
            pushed.append(try await push(record))
        }
        return pushed
    }

    private func records() async throws -> [ReferenceRecord] {
        let store = store, wanted = request.reference
        let all = try await pool.run { try store.references(in: wanted.repository) }
        let tags = all.filter { $0.reference.tag != nil }
        guard !tags.isEmpty else {
            throw EngineError(
                "An image does not exist locally with the tag: \(wanted.repository.familiar)", phase: .stream)
        }
        if request.allTags { return tags }
        let tagged = wanted.withDefaultTag()
        guard let record = tags.first(where: { $0.reference.canonical == tagged.canonical }) else {
            throw EngineError("tag does not exist: \(tagged.familiar)", phase: .stream)
        }
        return [record]
    }

    private func push(_ record: ReferenceRecord) async throws -> PushedImage {
        let store = store
        let reference = try record.reference.reference
        let lease = try await pool.run { try store.lease("push \(reference.familiar)") }
        defer { lease.release() }
        let content = try await content(of: record, lease: lease)
        try await pushLayers(of: content, to: reference.repository)
        try await pushDocuments(of: content, to: reference)
        let root = content.root.descriptor
        let tag = reference.tag ?? Reference.defaultTag
        report(.message("\(tag): digest: \(root.digest) size: \(root.size)"))
        try await pool.run { try remember(root, at: reference.repository, of: content.imageID) }
        return PushedImage(reference: reference, target: root, imageID: content.imageID)
    }

    /// A platform's manifest out of an index may be of an image that the store doesn't list; only its blobs are here.
    private func remember(_ root: Descriptor, at repository: Repository, of imageID: Digest) throws {
        guard try store.image(id: imageID) != nil else { return }
        try store.addDigestReference(repository: repository, target: root, to: imageID)
    }
}
