// SPDX-License-Identifier: Apache-2.0

import RegistryClient
import TestSupport
import Testing

@testable import Engine

/// Layers from mirrors that break or lie: the registry has them, too.
struct MirrorPullTests {
    /// A mirror of the fixture's registry in front of it.
    private struct Source: EndpointSource {
        let mirror: String
        let registry: String

        func endpoints(for domain: String) async throws -> [Endpoint]? {
            guard let mirror = HTTPURL(parsing: mirror), let registry = HTTPURL(parsing: registry) else { return nil }
            return [
                Endpoint(base: mirror, domain: domain, isMirror: true, capabilities: [.pull, .resolve]),
                Endpoint(base: registry, domain: domain),
            ]
        }
    }

    /// Pulls through a mirror with the same content, whose layers go through `change`.
    /// - Returns: what the mirror was asked for the layer.
    private func pull(
        _ fixture: PullFixture, at path: String? = nil,
        _ change: @escaping @Sendable (ServerRequest, ServerAnswer) -> ServerAnswer
    ) async throws -> [ServerRequest] {
        let (registry, faulty) = (fixture.registry, path ?? fixture.blobPath)
        let mirror = try await FaultServer.start { request in
            let answer = registry.answer(request)
            return request.path == faulty ? change(request, answer) : answer
        }
        let source = Source(mirror: mirror.url, registry: fixture.server.url)
        try await fixture.pull {
            $0.endpointSources = [source]
            $0.maxDownloadAttempts = 1
        }
        await mirror.stop()
        return mirror.requests(to: faulty)
    }

    @Test func `a mirror is asked for whole layers`() async throws {
        let fixture = try await PullFixture(size: 1 << 20)
        let asked = try await pull(fixture) { _, answer in answer }
        #expect(asked.count == 1)
        #expect(asked.first?.header("Range") == nil)
        #expect(fixture.ranges.isEmpty)
        #expect(try fixture.isIntact())
    }

    @Test func `a mirror's wrong bytes lead to the registry`() async throws {
        let fixture = try await PullFixture(size: 100_000)
        let asked = try await pull(fixture) { _, answer in
            guard case .bytes(var bytes) = answer.body else { return answer }
            bytes[5000] ^= 1
            return ServerAnswer(200, answer.headers, body: bytes)
        }
        #expect(asked.count == 1)
        #expect(fixture.ranges == [""])
        #expect(try fixture.isIntact())
    }

    @Test(arguments: [ServerAnswer.Ending.close(after: 40_000), .reset(after: 40_000)])
    func `where a mirror breaks off the registry goes on`(ending: ServerAnswer.Ending) async throws {
        let fixture = try await PullFixture(size: 100_000)
        let asked = try await pull(fixture) { _, answer in answer.with(ending: ending) }
        #expect(asked.count == 1)
        let start = try #require(fixture.server.requests(to: fixture.blobPath).first)
        // A reset may overtake bytes that were sent before it.
        if case .close = ending { #expect(start.rangeStart == 40_000) }
        #expect(try fixture.isIntact())
    }

    @Test func `a mirror's wrong config leads to the registry`() async throws {
        let fixture = try await PullFixture(size: 1000)
        try await fixture.pull()
        let path = try #require(
            fixture.server.requests.map(\.path).first { $0.contains("/blobs/") && $0 != fixture.blobPath })
        let other = try await PullFixture(size: 1000)
        let asked = try await pull(other, at: path) { _, answer in
            guard case .bytes(let bytes) = answer.body else { return answer }
            return ServerAnswer(200, body: bytes.map { $0 == 0x32 ? 0x33 : $0 })
        }
        #expect(asked.count == 1)
        #expect(other.server.requests(to: path).count == 1)
        #expect(try other.isIntact())
    }

    @Test func `the registry's own wrong bytes are final`() async throws {
        let fixture = try await PullFixture(size: 100_000)
        fixture.registry.fault(at: fixture.blobPath, times: 9) { _, answer in
            guard case .bytes(var bytes) = answer.body else { return answer }
            bytes[5000] ^= 1
            return ServerAnswer(200, answer.headers, body: bytes)
        }
        let error = await #expect(throws: EngineError.self) { try await fixture.pull() }
        #expect(
            error?.description == "filesystem layer verification failed for digest \(fixture.layer.digest)")
        #expect(fixture.ranges == [""])
    }
}
