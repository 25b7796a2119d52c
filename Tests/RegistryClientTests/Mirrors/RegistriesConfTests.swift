// SPDX-License-Identifier: Apache-2.0

import OCI
import TestSupport
import Testing

@testable import RegistryClient

struct RegistriesConfTests {
    private func endpoints(_ text: String, _ name: String) async throws -> [Endpoint]? {
        let directory = try TemporaryDirectory()
        let source = RegistriesConfSource(
            paths: [try directory.write(text, to: "registries.conf")], RegistryConfiguration()
        ) { _ in }
        return try await source.endpoints(for: Reference(normalizing: name).repository)
    }

    private func urls(_ text: String, _ name: String) async throws -> [String]? {
        let repository = try Reference(normalizing: name).repository
        return try await endpoints(text, name)?.map { $0.url("\(repository.path)/tags/list").description }
    }

    @Test func `what follows the prefix follows the location`() async throws {
        let text = """
            [[registry]]
            prefix = "docker.io/library"
            location = "hub.example/base"
            [[registry.mirror]]
            location = "cache.example/proxy/library"
            pull-from-mirror = "digest-only"
            """
        let found = try #require(try await endpoints(text, "busybox"))
        #expect(
            found.map { $0.url("library/busybox/tags/list").description } == [
                "https://cache.example/v2/proxy/library/busybox/tags/list",
                "https://hub.example/v2/base/busybox/tags/list",
            ])
        #expect(found.map(\.capabilities) == [.pull, .all])
        #expect(found.map(\.namespace) == [nil, nil])
        #expect(found.map(\.credentialKey) == ["cache.example", "hub.example"])
        let scope = found[0].scope(AuthScope(path: "library/busybox", access: .pull))
        #expect(scope.description == "repository:proxy/library/busybox:pull")
        #expect(try await urls(text, "user/app") == nil)
    }

    @Test func `the longest prefix wins and ends at a component`() async throws {
        let text = """
            [[registry]]
            location = "r.example"
            [[registry]]
            prefix = "r.example/team"
            location = "other.example"
            """
        #expect(try await urls(text, "r.example/team/app") == ["https://other.example/v2/app/tags/list"])
        #expect(try await urls(text, "r.example/teams/app") == ["https://r.example/v2/teams/app/tags/list"])
    }

    @Test func `an insecure location may be spoken to without tls`() async throws {
        let text = "[[registry]]\nlocation = \"r.example:5000\"\ninsecure = true"
        let found = try #require(try await endpoints(text, "r.example:5000/app"))
        #expect(found.map(\.base.scheme) == [.https, .http])
        #expect(found.allSatisfy { !$0.tls.verifiesServer })
    }

    @Test func `a wildcard covers hosts below, not the domain itself`() async throws {
        let text = "[[registry]]\nprefix = \"*.example.com\"\nblocked = true"
        let error = await #expect(throws: ConfigError.self) { try await urls(text, "a.example.com/x") }
        #expect(error?.description.hasPrefix("registry *.example.com is blocked in ") == true)
        #expect(try await urls(text, "example.com/x") == nil)
        #expect(try await urls(text, "notexample.com/x") == nil)
    }

    @Test func `a later file replaces the entry of its prefix`() throws {
        var configuration = RegistriesConf()
        try configuration.add(Array("[[registry]]\nlocation = \"a\"\nblocked = true".utf8), path: "1")
        try configuration.add(
            Array("[[registry]]\nlocation = \"a\"\nnew-key = 1\n[aliases]\nx = \"r.example/z\"".utf8), path: "2")
        #expect(configuration.registry(for: "a/b")?.isBlocked == false)
        #expect(configuration.warnings == ["2: unknown key \"registry.new-key\" is ignored"])
    }

    @Test func `an alias leads to its target, and to the mirrors of that`() async throws {
        let text = """
            [aliases]
            fedora = "r.example/linux/fedora"
            "team/app" = "a.wild.example/app"
            same = "docker.io/library/same"
            gone = ""
            secret = "blocked.example/x/secret"
            [[registry]]
            location = "r.example"
            [[registry.mirror]]
            location = "cache.example/proxy"
            [[registry]]
            prefix = "*.wild.example"
            location = "other.example/base"
            [[registry]]
            prefix = "blocked.example/x"
            blocked = true
            """
        for name in ["fedora", "docker.io/library/fedora:1"] {
            let found = try #require(try await endpoints(text, name))
            #expect(
                found.map { $0.url("library/fedora/tags/list").description } == [
                    "https://cache.example/v2/proxy/linux/fedora/tags/list",
                    "https://r.example/v2/linux/fedora/tags/list",
                    "https://registry-1.docker.io/v2/library/fedora/tags/list",
                ])
            // A push goes to where the name says.
            #expect(found.map { $0.capabilities.contains(.push) } == [false, false, true])
            #expect(found.map(\.credentialKey).prefix(2) == ["cache.example", "r.example"])
        }
        #expect(try await urls(text, "team/app")?.first == "https://other.example/v2/base/app/tags/list")
        let plain = try await endpoints("[aliases]\nx = \"r.example/y\"", "x")
        #expect(plain?.first?.url("library/x/tags/list").description == "https://r.example/v2/y/tags/list")
        for name in ["same", "gone", "other", "fedora/app"] { #expect(try await urls(text, name) == nil) }
        let blocked = await #expect(throws: ConfigError.self) { try await urls(text, "secret") }
        #expect(blocked?.description.hasPrefix("registry blocked.example/x is blocked in ") == true)
    }

    @Test func `a shipped alias that would lead elsewhere is spoken of, not followed`() throws {
        var configuration = RegistriesConf()
        let text = """
            [aliases]
            fedora = "registry.fedoraproject.org/fedora"
            alpine = "docker.io/library/alpine"
            "team/app" = "quay.io/team/app"
            gone = ""
            """
        try configuration.add(Array(text.utf8), path: "/etc/000-shortnames.conf")
        #expect(
            configuration.warning(for: "docker.io/library/fedora")
                == "/etc/000-shortnames.conf: the alias \"fedora\" of registry.fedoraproject.org/fedora is not applied: "
                + "fedora is docker.io/library/fedora, as in docker")
        #expect(configuration.warning(for: "docker.io/team/app")?.contains("quay.io/team/app") == true)
        #expect(configuration.registry(for: "docker.io/library/fedora") == nil)
        for path in ["library/alpine", "library/gone", "library/other", "fedora/app"] {
            #expect(configuration.warning(for: "docker.io/" + path) == nil)
        }
    }

    @Test(arguments: [
        ("[registries.search]\nregistries = []", "version 1"), ("[[registry]]\nblocked = true", "neither prefix"),
        ("[[registry]]\nlocation = \"a\"\n[[registry.mirror]]\ninsecure = true", "no location"),
        ("[[registry]]\nlocation = 1", "must be a string"), ("x", "line 1"),
        ("[aliases]\nx = 1", "must be a string"), ("[aliases]\nx = \"y/z\"", "must be a registry and a repository"),
        ("[aliases]\nx = \"r.example/y:1\"", "without a tag"),
    ])
    func `mistakes are errors that name the file`(text: String, reason: String) {
        var configuration = RegistriesConf()
        let error = #expect(throws: ConfigError.self) {
            try configuration.add(Array(text.utf8), path: "/etc/r.conf")
        }
        #expect(error?.description.hasPrefix("/etc/r.conf: ") == true)
        #expect(error?.description.contains(reason) == true)
    }
}
