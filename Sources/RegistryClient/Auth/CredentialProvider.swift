// SPDX-License-Identifier: Apache-2.0

/// Where credentials come from. The key is docker's: `https://index.docker.io/v1/`, or `host[:port]`.
public protocol CredentialProvider: Sendable {
    /// Nil means anonymous. Throws `CredentialError`.
    func credential(for key: String) async throws -> Credential?
}
