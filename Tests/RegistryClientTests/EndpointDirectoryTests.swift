// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import RegistryClient

struct EndpointDirectoryTests {
    private struct Source: EndpointSource {
        let all: [Endpoint]

        func endpoints(for domain: String) async -> [Endpoint]? { all }
    }

    @Test func `an endpoint that is dead isn't asked, unless nobody else is left`() async throws {
        let endpoints = try ["https://mirror.test/", "https://r.test/"].map {
            try Endpoint(base: #require(HTTPURL(parsing: $0)), domain: "r.test")
        }
        let directory = EndpointDirectory(sources: [Source(all: endpoints)])
        #expect(try await directory.endpoints(for: "r.test", .pull) == endpoints)
        directory.markDead([endpoints[0]])
        #expect(try await directory.endpoints(for: "r.test", .pull) == [endpoints[1]])
        directory.markDead([endpoints[1]])
        #expect(try await directory.endpoints(for: "r.test", .pull) == endpoints)
    }

    @Test func `a mirror that can't be reached is asked once, and the registry answers`() async throws {
        let fake = FakeRegistry()
        fake.add(manifest: Array("{}".utf8), to: "a/b", tag: "1")
        let server = try await FaultServer.start(handler: fake.answer)
        let dead = try Endpoint(
            base: #require(HTTPURL(parsing: "http://127.0.0.1:1/")), domain: "r.test", isMirror: true)
        let alive = try Endpoint(base: #require(HTTPURL(parsing: server.url)), domain: "r.test")
        let directory = Source(all: [dead, alive])
        let test = TestClient { $0.endpointSources = [directory] }
        let asked = Box("")
        for _ in 0..<3 {
            _ = try await test.client.atEndpoint(ofDomain: "r.test", for: .resolve) { endpoint in
                asked.value += endpoint.isMirror ? "m" : "r"
                return try await test.client.sender.send(
                    RegistryRequest(.GET, "a/b/tags/list", scopes: []), to: endpoint)
            }
        }
        #expect(asked.value == "mrrr")
        await test.client.shutdown()
        await server.stop()
    }
}
