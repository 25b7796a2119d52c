// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

/// Servers whose heads don't fit their bodies, that come to a halt, or that have had enough.
struct LyingServerTests {
    private static let once = #"{"max-download-attempts": 1, "idle-timeout": "300ms"}"#

    private func world(_ settings: String = once) async throws -> FaultWorld {
        try await FaultWorld(settings: settings)
    }

    @Test(arguments: [299_000, 400_000])
    func `a length that isn't the descriptor's is refused before a byte is read`(length: Int) async throws {
        let world = try await world()
        world.registry.fault(at: world.blobPath) { _, answer in answer.with(framing: .claimedLength(length)) }
        #expect(
            try world.failedPull()
                == "the blob has \(length) bytes where \(world.layer.size) were expected\n")
        try world.expectIntact()
    }

    @Test func `a body that ends early without a length is seen`() async throws {
        let world = try await world()
        world.registry.fault(at: world.blobPath) { _, answer in
            answer.with(framing: .untilClose).with(ending: .close(after: 1000))
        }
        #expect(try world.failedPull() == "unexpected EOF after 1000 of \(world.layer.size) bytes\n")
        try world.expectIntact()
        #expect(world.server.requests(to: world.blobPath).last?.rangeStart == 1000, "what came is kept")
    }

    @Test func `a body that goes on is cut at its size`() async throws {
        let world = try await world()
        world.registry.fault(at: world.blobPath) { _, answer in
            guard case .bytes(let bytes) = answer.body else { return answer }
            return ServerAnswer(200, body: bytes + [0]).with(framing: .chunked)
        }
        #expect(try world.failedPull() == "the server sent more than the expected \(world.layer.size) bytes\n")
        try world.expectIntact()
    }

    @Test(arguments: [0, 5000])
    func `a server that stops sending is given up after the idle timeout`(after: Int) async throws {
        let world = try await world()
        world.registry.fault(at: world.blobPath) { _, answer in answer.with(ending: .stall(after: after)) }
        let errors = try world.failedPull()
        #expect(errors.contains("i/o timeout") || errors.contains("timeout"), "\(errors)")
        try world.expectIntact()
    }

    /// A manifest under another digest than the header's is fetched by the header's, and fails there.
    @Test func `a digest header that lies is seen through`() async throws {
        let world = try await world()
        let other = "sha256:" + String(repeating: "a", count: 64)
        world.registry.fault(at: world.manifestPath, times: 9) { _, answer in
            var answer = answer
            answer.headers.removeAll { $0.name == "Docker-Content-Digest" }
            return answer.with("Docker-Content-Digest", other)
        }
        let errors = try world.failedPull()
        #expect(errors.contains("manifest unknown"), "\(errors)")
    }

    /// Storage hosts label blobs that are gzip files so; the bytes are what counts.
    @Test func `a content encoding on the right bytes does no harm`() async throws {
        let world = try await world()
        world.registry.fault(at: world.blobPath) { _, answer in answer.with("Content-Encoding", "gzip") }
        try world.expectIntact()
        #expect(world.server.requests.allSatisfy { $0.header("Accept-Encoding") == "identity" })
    }

    @Test func `an encoded manifest is refused`() async throws {
        let world = try await world()
        world.registry.fault(at: world.manifestPath, times: 2) { request, answer in
            request.method == "GET" ? answer.with("Content-Encoding", "gzip") : ServerAnswer(405)
        }
        let errors = try world.failedPull()
        #expect(errors.contains("encoded the content as \"gzip\""), "\(errors)")
        try world.expectIntact()
    }

    @Test(arguments: ["bytes 0-9/10", "bytes 1000-299999/1", "nonsense", nil])
    func `a wrong range on resume means starting over`(range: String?) async throws {
        let world = try await world()
        world.registry.fault(at: world.blobPath) { _, answer in answer.with(ending: .close(after: 100_000)) }
        _ = try world.failedPull()
        world.registry.fault(at: world.blobPath) { _, answer in
            var answer = answer
            answer.headers.removeAll { $0.name == "Content-Range" }
            return range.map { answer.with("Content-Range", $0) } ?? answer
        }
        try world.expectIntact()
        #expect(world.server.requests(to: world.blobPath).map(\.rangeStart) == [nil, 100_000, nil])
    }

    @Test func `a server that ignores the range on resume sends all again`() async throws {
        let world = try await world()
        let layer = world.layer
        world.registry.fault(at: world.blobPath) { _, answer in answer.with(ending: .close(after: 100_000)) }
        _ = try world.failedPull()
        let registry = world.registry
        world.registry.fault(at: world.blobPath) { request, _ in
            registry.answer(
                ServerRequest(
                    method: "GET", target: request.target, headers: [], body: [], hasClientCertificate: false))
        }
        try world.expectIntact()
        #expect(world.server.requests(to: world.blobPath).count == 2)
        #expect(layer.size > 100_000)
    }

    /// The first half came from another blob: the whole is wrong, and one more attempt from zero is worth it.
    @Test func `a blob that changed under a resume is fetched anew`() async throws {
        let world = try await world(#"{"max-download-attempts": 2}"#)
        world.registry.fault(at: world.blobPath) { _, answer in
            guard case .bytes(let bytes) = answer.body else { return answer }
            return ServerAnswer(200, answer.headers, body: bytes.map { ~$0 }).with(ending: .close(after: 100_000))
        }
        let pull = try world.dockerlite.run("pull", world.name)
        #expect(pull.status == 1)
        try world.expectIntact()
    }

    @Test func `a burst of failures of the manifest is ridden out`() async throws {
        let world = try await world()
        world.registry.fault(at: world.manifestPath, times: 4) { _, _ in ServerAnswer(503) }
        try world.expectIntact()
    }

    @Test func `a registry that stays down is docker's error`() async throws {
        let world = try await world()
        world.registry.fault(at: world.manifestPath, times: 99) { _, _ in ServerAnswer(502, text: "<html>") }
        #expect(
            try world.failedPull() == "Error response from daemon: received unexpected HTTP status: 502 Bad Gateway\n")
        let layers = try await self.world()
        layers.registry.fault(at: layers.blobPath) { _, _ in ServerAnswer(500) }
        #expect(try layers.failedPull() == "received unexpected HTTP status: 500 Internal Server Error\n")
        try layers.expectIntact()
    }

    @Test func `a short wish to be left alone is obeyed`() async throws {
        let world = try await world()
        world.registry.fault(at: world.manifestPath) { _, _ in
            .error(429, "TOOMANYREQUESTS", "slow down", [("Retry-After", "1")])
        }
        try world.expectIntact()
    }

    @Test(arguments: [nil, "3600"])
    func `a quota on layers is final`(retryAfter: String?) async throws {
        let world = try await world(#"{"max-download-attempts": 5}"#)
        world.registry.fault(at: world.blobPath) { _, _ in
            .error(429, "TOOMANYREQUESTS", "no more today", retryAfter.map { [("Retry-After", $0)] } ?? [])
        }
        #expect(try world.failedPull() == "toomanyrequests: no more today\n")
        #expect(world.server.requests(to: world.blobPath).count == 1)
    }

    @Test(arguments: [200, 400])
    func `an endless manifest is cut off, and so is an endless error`(status: Int) async throws {
        let world = try await world()
        world.registry.fault(at: world.manifestPath, times: 2) { request, answer in
            guard request.method == "GET" else { return ServerAnswer(405) }
            var answer = ServerAnswer(status).with(framing: .chunked)
            answer.body = .endless
            return answer
        }
        let errors = try world.failedPull()
        #expect(errors.contains(status == 200 ? "larger than the limit" : "unknown: "), "\(errors)")
        #expect(errors.utf8.count < 1 << 20)
        try world.expectIntact()
    }
}
