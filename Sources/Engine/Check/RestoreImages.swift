// SPDX-License-Identifier: Apache-2.0
public import ImageStore
import OCI
public import RegistryClient

/// Brings back images of a lost catalog whose blobs are not all here: the missing and damaged ones are fetched again, by
/// digest, from the repositories that index.json names for the image.
public struct RestoreImages: Sendable {
    private struct Attempt: Hashable {
        let blob: Digest
        let repositories: [Repository]
    }

    let store: ImageStore
    let registry: RegistryClient
    let pool: BlockingPool

    public init(store: ImageStore, registry: RegistryClient, pool: BlockingPool) {
        self.store = store
        self.registry = registry
        self.pool = pool
    }

    /// - Returns: why an image could not be brought back; images that were are not in it.
    public func run(_ images: [LostImage]) async throws -> [LostImage: String] {
        let fetcher = try await BlobFetcher.begin(store: store, registry: registry, pool: pool)
        defer { fetcher.lease.release() }
        var failures: [LostImage: String] = [:]
        var lost: [Attempt: String] = [:]
        for image in images {
            failures[image] = try await failure(of: image, &lost, fetcher: fetcher)
        }
        return failures
    }

    /// - Parameter lost: what was asked for in vain, and why: an image has several names, and a registry that is away is
    ///   waited for.
    private func failure(
        of image: LostImage, _ lost: inout [Attempt: String], fetcher: BlobFetcher
    ) async throws -> String? {
        let store = store
        let repositories = image.sources.compactMap(\.repositoryReference)
        var fetched: Set<Digest> = []
        do {
            while let blob = try await pool.run({ try store.restore(image, lease: fetcher.lease) }) {
                guard fetched.insert(blob.digest).inserted else { return "blob \(blob.digest) stays damaged" }
                let attempt = Attempt(blob: blob.digest, repositories: repositories)
                if lost[attempt] == nil { lost[attempt] = try await fetcher.fetch(blob, from: repositories) }
                if let failure = lost[attempt] { return "blob \(blob.digest) is lost: \(failure)" }
            }
            return nil
        } catch let error as CancellationError {
            throw error
        } catch {
            return "\(error)"
        }
    }
}
