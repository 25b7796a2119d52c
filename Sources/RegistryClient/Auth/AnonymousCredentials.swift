// SPDX-License-Identifier: Apache-2.0

/// Knows nobody.
public struct AnonymousCredentials: CredentialProvider {
    public init() {}

    public func credential(for key: String) async -> Credential? { nil }
}
