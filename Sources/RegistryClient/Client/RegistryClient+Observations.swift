// SPDX-License-Identifier: Apache-2.0

public import OCI
import Synchronization

extension RegistryClient {
    /// The quota that the repository's registry told last.
    public func rateLimit(of repository: Repository) -> RateLimit? {
        observations.withLock { $0.rateLimit(of: repository.domain) }
    }

    /// What registries wanted their user to see since the last call, each text once.
    public func takeNotices() -> [RegistryNotice] {
        observations.withLock { $0.takeNotices() }
    }

    func note(_ answer: RegistryAnswer, _ repository: Repository) {
        observations.withLock { $0.note(answer.response.headers, from: repository.domain) }
    }
}
