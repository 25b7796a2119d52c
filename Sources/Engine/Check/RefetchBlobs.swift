// SPDX-License-Identifier: Apache-2.0
public import ImageStore
public import OCI
public import RegistryClient

/// Fetches missing and damaged blobs of images again, by digest, from the repositories they are known to be in.
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
        let fetcher = try await BlobFetcher.begin(store: store, registry: registry, pool: pool)
        defer { fetcher.lease.release() }
        var failures: [Digest: String] = [:]
        for defect in defects {
            failures[defect.blob.digest] = try await failure(of: defect, fetcher: fetcher)
        }
        return failures
    }

    private func failure(of defect: BlobDefect, fetcher: BlobFetcher) async throws -> String? {
        let blob = defect.blob
        guard blob.size >= 0 else { return "nothing is known of it: pull its image again" }
        let descriptor = Descriptor(mediaType: blob.mediaType, digest: blob.digest, size: blob.size)
        return try await fetcher.fetch(descriptor, from: try await repositories(of: defect))
    }

    /// Where the blob was fetched from or pushed to, else the repositories that know its images by digest. Never a
    /// repository that only a local tag names: no registry has confirmed that.
    private func repositories(of defect: BlobDefect) async throws -> [Repository] {
        let recorded = defect.blob.sources.compactMap(\.repositoryReference)
        if !recorded.isEmpty { return recorded }
        let store = store
        let names = try await pool.run {
            try defect.images.flatMap { try store.image(id: $0)?.references ?? [] }.filter { $0.digest != nil }
        }
        var seen: Set<Repository> = []
        return names.compactMap { try? $0.reference.repository }.filter { seen.insert($0).inserted }
    }
}
