// SPDX-License-Identifier: Apache-2.0
import RegistryClient

/// A registry as `login` and `logout` are told it.
struct RegistryServer: Hashable, Sendable {
    /// Docker Hub, which is what no server means.
    let isHub: Bool
    /// As it was typed, or Docker Hub's key.
    let address: String
    /// What credentials are filed under: the host, or Docker Hub's key.
    let key: String

    init(_ argument: String?) {
        isHub = argument == nil || argument == "" || argument == "docker.io" || argument == CredentialKey.dockerHub
        address = isHub ? CredentialKey.dockerHub : argument ?? ""
        key = isHub ? CredentialKey.dockerHub : CredentialKey.hostname(of: address)
    }

    /// Every key that a login to this registry may have used, now or long ago.
    var keys: [String] {
        guard !isHub else { return [key] }
        var keys: [String] = []
        for candidate in [address, key, "http://" + key, "https://" + key] where !keys.contains(candidate) {
            keys.append(candidate)
        }
        return keys
    }
}
