// SPDX-License-Identifier: Apache-2.0
public import ImageStore
public import OCI
public import RegistryClient

/// Fetches missing and damaged blobs of images again, by digest, from the repositories they are known to be in.
///
/// A blob replaces the damaged file only when its digest is right, so a failure makes nothing worse.
public struct RefetchBlobs: Sendable {
    let store: ImageStore
    let registry: RegistryClient
    let pool: BlockingPool

    public init(store: ImageStore, registry: RegistryClient, pool: BlockingPool) {
        self.store = store
        self.registry = registry
        self.pool = pool
    }

    /// - Parameter defects: after `ImageStore.repair`, which lets damaged files be replaced.
    /// - Returns: why a blob could not be brought back; blobs that were are not in it.
    public func run(_ defects: [BlobDefect]) async throws -> [Digest: String] {
        let store = store
        let lease = try await pool.run { try store.lease("system check --repair") }
        defer { lease.release() }
        var failures: [Digest: String] = [:]
        for defect in defects {
            failures[defect.blob.digest] = try await failure(of: defect, lease: lease)
        }
        return failures
    }

    /// Tries one source after the other.
    private func failure(of defect: BlobDefect, lease: Lease) async throws -> String? {
        guard defect.blob.size >= 0 else { return "nothing is known of it: pull its image again" }
        let repositories = try await repositories(of: defect)
        var failure = "no registry is known to have it: load or pull its image again"
        for repository in repositories {
            do {
                try await fetch(defect.blob, from: repository, lease: lease)
                return nil
            } catch let error as CancellationError {
                throw error
            } catch {
                failure = "\(repository.familiar): \(error)"
            }
        }
        return failure
    }

    /// Where the blob was fetched from or pushed to, else the repositories that know its images by digest. Never a
    /// repository that only a local tag names: no registry has confirmed that.
    private func repositories(of defect: BlobDefect) async throws -> [Repository] {
        let recorded = defect.blob.sources.compactMap {
            (try? Reference(normalizing: "\($0.host)/\($0.repository)"))?.repository
        }
        if !recorded.isEmpty { return recorded }
        let store = store
        let names = try await pool.run {
            try defect.images.flatMap { try store.image(id: $0)?.references ?? [] }.filter { $0.digest != nil }
        }
        var seen: Set<Repository> = []
        return names.compactMap { try? $0.reference.repository }.filter { seen.insert($0).inserted }
    }

    private func fetch(_ blob: BlobRecord, from repository: Repository, lease: Lease) async throws {
        let descriptor = Descriptor(mediaType: blob.mediaType, digest: blob.digest, size: blob.size)
        if blob.mediaType.isManifest || blob.mediaType.isIndex {
            let document = try await registry.manifest(descriptor, in: repository).document
            try await keep(document.bytes, descriptor, repository, lease)
        } else if [MediaType.dockerConfig, .ociConfig].contains(blob.mediaType) {
            let document = try await registry.config(descriptor, in: repository)
            try await keep(document.bytes, descriptor, repository, lease)
        } else {
            let download = LayerDownload(
                store: store, registry: registry, pool: pool, descriptor: descriptor, reference: Reference(repository),
                lease: lease, report: { _ in })
            _ = try await download.run()
        }
    }

    private func keep(
        _ bytes: [UInt8], _ descriptor: Descriptor, _ repository: Repository, _ lease: Lease
    ) async throws {
        let store = store
        try await pool.run {
            try store.putBlob(
                bytes, digest: descriptor.digest, mediaType: descriptor.mediaType,
                source: BlobSource(host: repository.domain, repository: repository.path), lease: lease)
        }
    }
}
