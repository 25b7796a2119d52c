// SPDX-License-Identifier: Apache-2.0

extension DockerCredentials {
    /// Where `store` has put a credential: the caller warns about a file.
    public enum Storage: Sendable, Hashable {
        case helper(String)
        /// The path of the configuration file.
        case file(String)
    }

    /// Keeps a credential as `login` does, in the helper of its key or in the configuration file.
    public mutating func store(_ credential: Credential, for key: String) async throws -> Storage {
        guard let name = config.helper(for: key) else {
            config.store(AuthEntry(credential), for: key)
            try config.save()
            return .file(config.path)
        }
        try await helper(name).store(credential, for: key)
        // docker leaves an empty entry: it says that there is something to be found in the store.
        config.store(AuthEntry(), for: key)
        try config.save()
        return .helper(name)
    }

    /// Forgets the credentials of a key, as `logout` does. Nothing happens if there are none.
    public mutating func erase(_ key: String) async throws {
        if let name = config.helper(for: key) { try await helper(name).erase(key) }
        guard config.auths[key] != nil else { return }
        config.erase(key)
        try config.save()
    }
}
