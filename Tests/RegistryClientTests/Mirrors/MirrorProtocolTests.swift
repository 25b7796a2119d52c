// SPDX-License-Identifier: Apache-2.0

import OCI
import TestSupport
import Testing

@testable import RegistryClient

/// What mirrors of many registries see on the wire.
struct MirrorProtocolTests {
    private struct Source: EndpointSource {
        let endpoints: [Endpoint]

        func endpoints(for domain: String) async -> [Endpoint]? { endpoints }
    }

    private func withMirror(
        _ change: (inout Endpoint) -> Void = { _ in }, mirror handler: @escaping FaultServer.Handler,
        upstream: @escaping FaultServer.Handler = { _ in ServerAnswer(500) },
        _ body: (FaultServer, FaultServer, RegistryClient) async throws -> Void
    ) async throws {
        let mirror = try await FaultServer.start(handler: handler)
        let registry = try await FaultServer.start(handler: upstream)
        var first = Endpoint(
            base: try #require(HTTPURL(parsing: mirror.url)), domain: "r.example", isMirror: true,
            capabilities: [.pull, .resolve], namespace: "r.example")
        change(&first)
        let last = Endpoint(base: try #require(HTTPURL(parsing: registry.url)), domain: "r.example")
        let test = TestClient { $0.endpointSources = [Source(endpoints: [first, last])] }
        do { try await body(mirror, registry, test.client) } catch { Issue.record(error) }
        await test.client.shutdown()
        await mirror.stop()
        await registry.stop()
    }

    @Test func `a mirror that refuses ns is asked without, and never with it again`() async throws {
        let fake = FakeRegistry()
        let digest = fake.add(manifest: Array("{}".utf8), to: "x", tag: "1")
        try await withMirror { _ in
        } mirror: { request in
            request.query("ns").isEmpty ? fake.answer(request) : ServerAnswer(400)
        } _: { mirror, registry, client in
            let reference = try Reference(normalizing: "r.example/x:1")
            #expect(try await client.resolve(reference).digest == digest)
            #expect(try await client.resolve(reference).digest == digest)
            #expect(mirror.requests.map { $0.query("ns") } == [["r.example"], [], []])
            #expect(registry.requests.isEmpty)
        }
    }

    @Test func `a mirror without ns needs it and gets it`() async throws {
        let fake = FakeRegistry()
        fake.add(manifest: Array("{}".utf8), to: "x", tag: "1")
        try await withMirror { _ in
        } mirror: { request in
            // Spegel's answer to a tag without a registry.
            request.query("ns") == ["r.example"] ? fake.answer(request) : ServerAnswer(404)
        } _: { _, registry, client in
            _ = try await client.resolve(Reference(normalizing: "r.example/x:1"))
            #expect(registry.requests.isEmpty)
        }
    }

    @Test func `headers go to their mirror and to nobody else`() async throws {
        let fake = FakeRegistry()
        fake.add(manifest: Array("{}".utf8), to: "x", tag: "1")
        try await withMirror {
            $0.headers = [EndpointHeader("X-Dragonfly-Registry", "https://r.example")]
        } mirror: { _ in
            ServerAnswer(404)
        } upstream: {
            fake.answer($0)
        } _: { mirror, registry, client in
            _ = try await client.resolve(Reference(normalizing: "r.example/x:1"))
            #expect(mirror.requests.allSatisfy { $0.header("X-Dragonfly-Registry") == "https://r.example" })
            #expect(!mirror.requests.isEmpty && !registry.requests.isEmpty)
            #expect(registry.requests.allSatisfy { $0.header("X-Dragonfly-Registry") == nil })
            #expect(registry.requests.allSatisfy { $0.query("ns").isEmpty })
            #expect(mirror.requests.allSatisfy { $0.header("X-Spegel-Mirrored") == nil })
        }
    }

    @Test func `a mirror that gives content by digest only isn't asked for tags`() async throws {
        let fake = FakeRegistry()
        let blob = fake.add(blob: [1, 2, 3])
        fake.add(manifest: Array("{}".utf8), to: "x", tag: "1")
        try await withMirror {
            $0 = Endpoint(base: $0.base, domain: $0.domain, isMirror: true, capabilities: .pull, namespace: "r.example")
        } mirror: {
            fake.answer($0)
        } upstream: {
            fake.answer($0)
        } _: { mirror, registry, client in
            let reference = try Reference(normalizing: "r.example/x:1")
            _ = try await client.resolve(reference)
            #expect(mirror.requests.isEmpty)
            let asked = registry.requests.count
            #expect(try await client.blob(blob, in: reference.repository).collect() == [1, 2, 3])
            #expect(registry.requests.count == asked && mirror.requests.count == 1)
        }
    }

    @Test func `a project of harbor stands for docker hub`() async throws {
        let fake = FakeRegistry()
        fake.add(manifest: Array("{}".utf8), to: "hub/library/x", tag: "1")
        try await withMirror {
            $0 = Endpoint(base: $0.base.replacing(target: "/v2/hub/"), domain: $0.domain, isMirror: true)
            $0.isAPIRoot = true
        } mirror: {
            fake.answer($0)
        } _: { mirror, registry, client in
            _ = try await client.resolve(Reference(normalizing: "r.example/library/x:1"))
            #expect(mirror.requests.map(\.path) == ["/v2/hub/library/x/manifests/1"])
            #expect(registry.requests.isEmpty)
        }
    }
}
