// SPDX-License-Identifier: Apache-2.0

/// docker's chain: `DOCKER_AUTH_CONFIG`, then the registry's helper or the credential store, or else the file.
public struct DockerCredentials: CredentialProvider {
    /// Changed by `store` and `erase`.
    public internal(set) var config: ClientConfig
    private let environmentAuths: [String: AuthEntry]
    private let environment: [String: String]
    private let helperTimeout: Duration

    public init(
        config: ClientConfig, environment: [String: String], helperTimeout: Duration = .seconds(30)
    ) throws(ConfigError) {
        self.config = config
        self.environment = environment
        environmentAuths = try ClientConfig.environmentAuths(environment)
        self.helperTimeout = helperTimeout
    }

    public func credential(for key: String) async throws -> Credential? {
        if let credential = Self.entry(for: key, in: environmentAuths)?.credential { return credential }
        guard let name = config.helper(for: key) else {
            return Self.entry(for: key, in: config.auths)?.credential
        }
        return try await helper(name).get(key)
    }

    func helper(_ name: String) throws(CredentialError) -> CredentialHelper {
        try CredentialHelper(name: name, environment: environment, timeout: helperTimeout)
    }

    /// The entry of that name; failing that, one whose address reduces to the same host, the first in order of names.
    static func entry(for key: String, in auths: [String: AuthEntry]) -> AuthEntry? {
        if let exact = auths[key] { return exact }
        let host = CredentialKey.hostname(of: key)
        return auths.filter { CredentialKey.hostname(of: $0.key) == host }.min { $0.key < $1.key }?.value
    }
}
