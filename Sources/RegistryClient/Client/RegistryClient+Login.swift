// SPDX-License-Identifier: Apache-2.0

extension RegistryClient {
    /// Tries a credential at a registry, without keeping it.
    ///
    /// - Parameter server: as the user types it: `host[:port]`, `docker.io`, or an address with scheme and path.
    /// - Throws: docker's texts: `Get "https://host/v2/": unauthorized: …`, `login attempt to … failed with status: …`
    public func checkLogin(server: String, credential: Credential) async throws -> LoginResult {
        let host = CredentialKey.hostname(of: server)
        let isHub = host.isEmpty || ["docker.io", "index.docker.io", "registry-1.docker.io"].contains(host)
        return try await atEndpoint(ofDomain: isHub ? "docker.io" : host, for: .push) { endpoint in
            try await sender.checkLogin(credential, at: endpoint)
        }
    }
}
