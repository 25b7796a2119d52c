// SPDX-License-Identifier: Apache-2.0
import ImageStore
import OCI
import RegistryClient
import Synchronization

/// Brings one layer into a repository and says how it goes.
struct LayerPush: Sendable {
    let store: ImageStore
    let registry: RegistryClient
    let pool: BlockingPool
    let descriptor: Descriptor
    /// How lines name the layer: its diffID, shortened.
    let id: String
    let repository: Repository
    let report: ProgressHandler

    func run() async throws {
        guard !descriptor.mediaType.isForeignLayer else { return report(.update(id, "Skipped foreign layer")) }
        switch try await upload() {
        case .alreadyExists: report(.update(id, "Layer already exists"))
        case .mounted(let other): report(.update(id, "Mounted from \(other.path)"))
        case .uploaded: report(.update(id, "Pushed"))
        }
        let store = store, digest = descriptor.digest
        let source = BlobSource(host: repository.domain, repository: repository.path)
        try await pool.run { try store.addSource(source, to: digest) }
    }

    private func upload() async throws -> UploadOutcome {
        let throttle = Mutex(ProgressThrottle(total: descriptor.size))
        let (report, id, total) = (report, id, descriptor.size)
        do {
            return try await registry.upload(
                descriptor, to: repository, mountFrom: try await otherRepositories(),
                source: FileBlob(descriptor.digest, of: store, pool: pool),
                progress: { sent in
                    guard throttle.withLock({ $0.isDue(sent, now: .now) }) else { return }
                    report(.update(id, "Pushing", ProgressAmount(current: sent, total: total)))
                },
                countdown: { report(.update(id, RetryPolicy.countdownText($0))) })
        } catch let error as RegistryError {
            throw EngineError(error.description, phase: .stream)
        }
    }

    /// Repositories of the same registry that are known to have the layer.
    private func otherRepositories() async throws -> [Repository] {
        let store = store, digest = descriptor.digest, domain = repository.domain
        let sources = try await pool.run { try store.blob(digest)?.sources ?? [] }
        return sources.filter { $0.host == domain }.compactMap {
            try? Repository(parsing: "\($0.host)/\($0.repository)")
        }
    }
}
