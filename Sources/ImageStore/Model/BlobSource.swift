// SPDX-License-Identifier: Apache-2.0

/// A repository that is known to have a blob: for cross-repository mounts and for repair.
public struct BlobSource: Hashable, Sendable {
    /// The registry as in references: `docker.io`, `localhost:5000`.
    public let host: String
    /// The path of the repository: `library/alpine`.
    public let repository: String

    public init(host: String, repository: String) {
        self.host = host
        self.repository = repository
    }
}
