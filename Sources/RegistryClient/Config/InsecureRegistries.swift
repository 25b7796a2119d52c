// SPDX-License-Identifier: Apache-2.0

/// Registries that may be spoken to without verified TLS: listed by name or by address block, and loopback always.
public struct InsecureRegistries: Sendable {
    private var names: Set<String> = []
    private var blocks = NetworkBlock.loopback

    /// Loopback only.
    public init() {}

    /// - Parameter entries: `insecure-registries` of the configuration.
    /// - Throws: docker's texts (registry/config.go, `loadInsecureRegistries`).
    public init(_ entries: [String]) throws(ConfigError) {
        for entry in entries {
            var text = entry
            for scheme in ["http://", "https://"] where text.lowercased().hasPrefix(scheme) {
                text.removeFirst(scheme.count)
            }
            if text.contains("://") { throw ConfigError("insecure registry \(entry) should not contain '://'") }
            if let block = NetworkBlock(text) {
                blocks.append(block)
            } else if Authority(parsing: text) != nil {
                names.insert(text.lowercased())
            } else {
                throw ConfigError("insecure registry \(entry) is not valid: invalid host \"\(text)\"")
            }
        }
    }

    /// - Parameter domain: `host[:port]` as in the reference.
    func contains(_ domain: String, resolver: any HostResolver) async -> Bool {
        if names.contains(domain.lowercased()) { return true }
        guard let authority = Authority(parsing: domain) else { return false }
        let addresses = await resolver.addresses(of: authority.host)
        return addresses.contains { address in blocks.contains { $0.contains(address) } }
    }
}
