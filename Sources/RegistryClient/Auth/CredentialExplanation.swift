// SPDX-License-Identifier: Apache-2.0

/// Says where the credentials of a registry come from, without asking a helper and without the secret.
public struct CredentialExplanation: Sendable {
    private let config: ClientConfig
    private let environment: [String: String]

    public init(config: ClientConfig, environment: [String: String]) {
        self.config = config
        self.environment = environment
    }

    /// - Parameter key: docker's, as `Endpoint.credentialKey` gives it.
    public func source(of key: String) throws(ConfigError) -> String {
        let variable = try ClientConfig.environmentAuths(environment)
        if let credential = DockerCredentials.entry(for: key, in: variable)?.credential {
            return "\(Self.user(credential)) in DOCKER_AUTH_CONFIG"
        }
        if let helper = config.helper(for: key) { return "docker-credential-\(helper), asked for \(key)" }
        guard let credential = DockerCredentials.entry(for: key, in: config.auths)?.credential else {
            return "none for \(key)"
        }
        return "\(Self.user(credential)) in \(config.path)"
    }

    private static func user(_ credential: Credential) -> String {
        credential.username.isEmpty ? "token" : "user \(credential.username)"
    }
}
