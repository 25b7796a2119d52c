// SPDX-License-Identifier: Apache-2.0
import ImageStore
import OCI
import RegistryClient

/// Fetches a lost blob again, by digest. It replaces a damaged file only when its digest is right, so a failure makes
/// nothing worse.
struct BlobFetcher: Sendable {
    let store: ImageStore
    let registry: RegistryClient
    let pool: BlockingPool
    let lease: Lease

    /// A fetcher with a lease of its own; release that when what was fetched is published.
    static func begin(store: ImageStore, registry: RegistryClient, pool: BlockingPool) async throws -> BlobFetcher {
        let lease = try await pool.run { try store.lease("system check --repair") }
        return BlobFetcher(store: store, registry: registry, pool: pool, lease: lease)
    }

    /// Tries one repository after the other.
    /// - Returns: nil, or why none gave the blob.
    func fetch(_ blob: Descriptor, from repositories: [Repository]) async throws -> String? {
        var failure = "no registry is known to have it: load or pull its image again"
        for repository in repositories {
            do {
                try await fetch(blob, from: repository)
                return nil
            } catch let error as CancellationError {
                throw error
            } catch {
                failure = "\(repository.familiar): \(error)"
            }
        }
        return failure
    }

    private func fetch(_ blob: Descriptor, from repository: Repository) async throws {
        if blob.mediaType.isManifest || blob.mediaType.isIndex {
            try await keep(registry.manifest(blob, in: repository).document.bytes, blob, repository)
        } else if [MediaType.dockerConfig, .ociConfig].contains(blob.mediaType) {
            try await keep(registry.config(blob, in: repository).bytes, blob, repository)
        } else {
            let download = LayerDownload(
                store: store, registry: registry, pool: pool, descriptor: blob, reference: Reference(repository),
                lease: lease, report: { _ in })
            _ = try await download.run()
        }
    }

    private func keep(_ bytes: [UInt8], _ blob: Descriptor, _ repository: Repository) async throws {
        let (store, lease) = (store, lease)
        try await pool.run {
            try store.putBlob(
                bytes, digest: blob.digest, mediaType: blob.mediaType,
                source: BlobSource(host: repository.domain, repository: repository.path), lease: lease)
        }
    }
}
