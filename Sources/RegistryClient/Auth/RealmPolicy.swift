// SPDX-License-Identifier: Apache-2.0

/// Which token servers a registry may name, and which of them may see credentials.
///
/// A realm is the registry's word: without these checks a registry could have the user's password sent anywhere, or
/// have requests sent into the user's own network (CVE-2020-15157 and its relatives).
struct RealmPolicy: Sendable {
    /// Token servers of another domain that are known to belong to a registry's owner, by the registry's suffix.
    static let knownTokenServers: [String: String] = [
        "docker.io": "auth.docker.io",
        "scw.cloud": "api.scaleway.com",
    ]

    let resolver: any HostResolver
    /// Hosts the user trusts with credentials of any registry.
    let trustedHosts: Set<String>

    /// - Parameters:
    ///   - realm: the challenge's realm, unchecked.
    ///   - registry: where the challenge came from.
    ///   - domain: the registry's name in references.
    func check(
        realm: String, from registry: HTTPURL, domain: String, withCredentials: Bool
    ) async throws(RegistryError) -> HTTPURL {
        guard let url = HTTPURL(parsing: realm) else {
            throw RegistryError(.realmRefused(realm: Self.shown(realm), reason: .notAURL))
        }
        if url.scheme == .http, registry.scheme == .https {
            throw refusal(url, .plaintext)
        }
        try await checkReach(url, from: registry)
        if withCredentials, !mayReceiveCredentials(url, from: registry, domain: domain) {
            throw refusal(url, .otherDomain(registry: domain))
        }
        return url
    }

    /// Private and loopback addresses only for registries that live there themselves; link-local ones never.
    func checkReach(_ url: HTTPURL, from registry: HTTPURL) async throws(RegistryError) {
        guard url.host != registry.host else { return }
        let targets = Self.literalAddresses(url.host)
        guard !targets.isEmpty else { return }
        if targets.contains(where: \.isLinkLocalOrReserved) { throw refusal(url, .linkLocal) }
        guard targets.contains(where: { $0.isLoopback || $0.isPrivate }) else { return }
        let own = await resolver.addresses(of: registry.host)
        if own.isEmpty || !own.allSatisfy({ $0.isLoopback || $0.isPrivate }) { throw refusal(url, .privateAddress) }
    }

    private func mayReceiveCredentials(_ realm: HTTPURL, from registry: HTTPURL, domain: String) -> Bool {
        if realm.host == registry.host || trustedHosts.contains(realm.host) { return true }
        let both = [realm.host, registry.host].map { Self.literalAddresses($0).first }
        if let left = both[0], let right = both[1] { return left.isLoopback && right.isLoopback }
        if both[0] == nil, both[1] == nil, RegistrableDomain.same(realm.host, registry.host) { return true }
        return Self.knownTokenServers.contains { suffix, server in
            realm.host == server && (domain == suffix || domain.hasSuffix("." + suffix))
        }
    }

    private func refusal(_ url: HTTPURL, _ reason: RealmRefusal) -> RegistryError {
        RegistryError(.realmRefused(realm: url.redacted, reason: reason))
    }

    /// Only what the name itself says: `localhost` is loopback by RFC 6761.
    private static func literalAddresses(_ host: String) -> [IPAddress] {
        if host == "localhost" || host.hasSuffix(".localhost") { return [IPAddress("127.0.0.1")].compactMap { $0 } }
        return [IPAddress(host)].compactMap { $0 }
    }

    private static func shown(_ text: String) -> String {
        String(text.prefix(200).map { $0.isASCII && !$0.isNewline && $0 != "\u{1b}" ? $0 : "?" })
    }
}
