// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RegistryClient

struct RealmPolicyTests {
    private let policy = RealmPolicy(
        resolver: FixedResolver(["reg.lan": "10.0.0.9", "reg.example.com": "203.0.113.5", "localhost": "127.0.0.1"]),
        trustedHosts: ["tokens.elsewhere.example"])

    private func check(
        _ realm: String, from registry: String, domain: String? = nil, withCredentials: Bool = true
    ) async throws -> RealmRefusal? {
        let url = try #require(HTTPURL(parsing: registry))
        do {
            _ = try await policy.check(
                realm: realm, from: url, domain: domain ?? url.authority, withCredentials: withCredentials)
            return nil
        } catch {
            guard case .realmRefused(_, let reason) = error.kind else { throw error }
            return reason
        }
    }

    @Test(arguments: [
        ("https://auth.docker.io/token", "https://registry-1.docker.io/", "docker.io"),
        ("https://gitlab.example.com/jwt/auth", "https://registry.example.com/", "registry.example.com"),
        ("https://reg.example.com:8443/token", "https://reg.example.com/", "reg.example.com"),
        ("http://127.0.0.1:5001/token", "http://localhost:5000/", "localhost:5000"),
        ("https://tokens.elsewhere.example/t", "https://reg.example.com/", "reg.example.com"),
        ("https://api.scaleway.com/t", "https://rg.fr-par.scw.cloud/", "rg.fr-par.scw.cloud"),
    ])
    func `credentials go to the registry's own token server`(realm: String, registry: String, domain: String)
        async throws
    {
        #expect(try await check(realm, from: registry, domain: domain) == nil)
    }

    @Test(arguments: [
        "https://evil.example/token", "https://docker.io.evil.example/", "https://xdocker.io/",
        "https://auth.docker.io.example.com/",
    ])
    func `credentials do not go to another domain`(realm: String) async throws {
        let reason = try await check(realm, from: "https://registry-1.docker.io/", domain: "docker.io")
        #expect(reason == .otherDomain(registry: "docker.io"))
        let anonymous = try await check(
            realm, from: "https://registry-1.docker.io/", domain: "docker.io", withCredentials: false)
        #expect(anonymous == nil)
    }

    @Test func `the allow-list of one registry is not that of another`() async throws {
        let reason = try await check("https://auth.docker.io/token", from: "https://evil.example/")
        #expect(reason == .otherDomain(registry: "evil.example"))
    }

    @Test(arguments: [
        "http://169.254.169.254/latest/meta-data", "https://[fe80::1]/", "https://0.0.0.0/",
        "https://[::ffff:169.254.169.254]/",
    ])
    func `link-local realms are never asked`(realm: String) async throws {
        let registry = realm.hasPrefix("https") ? "https://reg.example.com/" : "http://reg.lan/"
        #expect(try await check(realm, from: registry, withCredentials: false) == .linkLocal)
    }

    @Test(arguments: [
        "https://10.0.0.1/t", "https://127.0.0.1/t", "https://2130706433/t", "https://localhost/t",
        "https://[::1]/t", "https://192.168.0.1/t", "https://x.localhost/t",
    ])
    func `a public registry can't send us into the private network`(realm: String) async throws {
        #expect(try await check(realm, from: "https://reg.example.com/", withCredentials: false) == .privateAddress)
        // A name that doesn't resolve isn't known to be private.
        #expect(try await check(realm, from: "https://unknown.example/", withCredentials: false) == .privateAddress)
    }

    @Test func `a private registry may have a private token server`() async throws {
        #expect(try await check("http://10.0.0.10/t", from: "http://reg.lan/", withCredentials: false) == nil)
    }

    @Test func `https does not lead to http`() async throws {
        #expect(try await check("http://reg.example.com/t", from: "https://reg.example.com/") == .plaintext)
    }

    @Test(arguments: ["file:///etc/passwd", "gopher://x/", "", "token", "http://u:p@reg.example.com/"])
    func `what is no url is refused`(realm: String) async throws {
        #expect(try await check(realm, from: "https://reg.example.com/") == .notAURL)
    }
}
