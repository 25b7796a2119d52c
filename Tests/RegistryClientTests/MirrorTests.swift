// SPDX-License-Identifier: Apache-2.0

import OCI
import TestSupport
import Testing

@testable import RegistryClient

/// Fall-through from mirrors, with docker.io played by a local server.
struct MirrorTests {
    /// Mirrors in order and then the registry itself, which a source of the test names.
    private struct Source: EndpointSource {
        let mirrors: [HTTPURL]
        let upstream: HTTPURL

        func endpoints(for domain: String) async -> [Endpoint]? {
            mirrors.map {
                Endpoint(base: $0, domain: domain, isMirror: true, capabilities: [.pull, .resolve], namespace: domain)
            } + [Endpoint(base: upstream, domain: domain)]
        }
    }

    private func run(
        mirror: @escaping FaultServer.Handler, upstream: @escaping FaultServer.Handler,
        _ body: (FaultServer, FaultServer, TestClient) async throws -> Void
    ) async throws {
        let (first, second) = (
            try await FaultServer.start(handler: mirror), try await FaultServer.start(handler: upstream)
        )
        let source = Source(
            mirrors: [try #require(HTTPURL(parsing: first.url))], upstream: try #require(HTTPURL(parsing: second.url)))
        let test = TestClient {
            $0.endpointSources = [source]
            $0.credentials = FixedCredentials(CredentialKey.dockerHub, user: "u", password: "p")
        }
        do {
            try await body(first, second, test)
        } catch {
            Issue.record(error)
        }
        await test.client.shutdown()
        await first.stop()
        await second.stop()
    }

    @Test(arguments: [401, 403, 404, 429, 500, 503])
    func `whatever a mirror answers, the registry is asked next`(status: Int) async throws {
        let fake = FakeRegistry()
        let digest = fake.add(manifest: Array("{}".utf8), to: "library/x", tag: "latest")
        try await run(mirror: { _ in ServerAnswer(status) }, upstream: { fake.answer($0) }) { mirror, _, test in
            let resolved = try await test.client.resolve(Reference(normalizing: "x"))
            #expect(resolved.digest == digest)
            #expect(mirror.requests.allSatisfy { $0.query("ns") == ["docker.io"] })
            #expect(!mirror.requests.isEmpty)
        }
    }

    @Test func `a mirror never sees the registry's credentials`() async throws {
        let fake = FakeRegistry()
        fake.add(manifest: Array("{}".utf8), to: "library/x", tag: "latest")
        let challenge = ServerAnswer(401, [("WWW-Authenticate", "Basic realm=x")])
        try await run(mirror: { _ in challenge }) { request in
            request.header("Authorization") == nil ? challenge : fake.answer(request)
        } _: { mirror, upstream, test in
            _ = try await test.client.resolve(Reference(normalizing: "x"))
            #expect(mirror.requests.allSatisfy { $0.header("Authorization") == nil })
            #expect(upstream.requests.last?.header("Authorization") == "Basic dTpw")
        }
    }

    @Test func `a mirror with wrong content is passed over`() async throws {
        let fake = FakeRegistry()
        let digest = fake.add(manifest: Array("{}".utf8), to: "library/x")
        try await run(mirror: { _ in ServerAnswer(200, text: "[]") }, upstream: { fake.answer($0) }) { _, _, test in
            let fetched = try await test.client.manifest(Reference(normalizing: "x@\(digest)"))
            #expect(fetched.document.digest == digest)
        }
    }

    @Test func `a mirror that wants a pause is left alone meanwhile`() async throws {
        let fake = FakeRegistry()
        fake.add(manifest: Array("{}".utf8), to: "library/x", tag: "latest")
        let busy = ServerAnswer(429, [("Retry-After", "30")])
        try await run(mirror: { _ in busy }, upstream: { fake.answer($0) }) { mirror, _, test in
            _ = try await test.client.resolve(Reference(normalizing: "x"))
            let asked = mirror.requests.count
            _ = try await test.client.resolve(Reference(normalizing: "x"))
            #expect(mirror.requests.count == asked)
            test.clock.advance(by: .seconds(31))
            _ = try await test.client.resolve(Reference(normalizing: "x"))
            #expect(mirror.requests.count > asked)
        }
    }

    @Test func `the registry's own answer is final`() async throws {
        try await run(mirror: { _ in ServerAnswer(404) }) { _ in
            .error(404, "MANIFEST_UNKNOWN", "manifest unknown", detail: "{}")
        } _: { _, _, test in
            let reference = try Reference(normalizing: "x")
            let error = await registryError { try await test.client.resolve(reference) }
            #expect(
                error?.pullDescription(for: reference)
                    == "manifest for x:latest not found: manifest unknown: manifest unknown"
                    || error?.pullDescription(for: reference)
                        == "manifest for x not found: manifest unknown: manifest unknown"
            )
        }
    }
}
