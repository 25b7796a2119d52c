// SPDX-License-Identifier: Apache-2.0
import Foundation
import OCI
import TestSupport
import Testing

/// Servers that break, lie or stall: each pull ends with the right text, and the store stays whole.
struct FaultTests {
    private struct World {
        let registry = FakeRegistry()
        let layer: Descriptor
        let server: FaultServer
        let dockerlite: DockerliteProcess

        init(settings: String = #"{"max-download-attempts": 2}"#) async throws {
            let image = TestImage(layers: [try TestLayer.random(size: 300_000, seed: 3)])
            layer = try registry.add(image, to: "app", tag: "1")[0]
            server = try await FaultServer.start(handler: registry.answer)
            dockerlite = try DockerliteProcess(program: "docker")
            try dockerlite.write(engineConfig: settings)
        }

        var name: String { "\(server.host)/app:1" }
        var blobPath: String { "/v2/app/blobs/\(layer.digest)" }

        /// A healthy pull afterwards must work, whatever happened before.
        func expectIntact() throws {
            let healthy = try dockerlite.run("pull", "-q", name)
            #expect(healthy.status == 0, "\(healthy.errors)")
            let check = try dockerlite.run("system", "check", "--deep")
            #expect(check.status == 0, "\(check.text)\(check.errors)")
        }
    }

    @Test func `a blob that isn't what its digest says is refused`() async throws {
        let world = try await World()
        world.registry.fault(at: world.blobPath) { _, answer in
            guard case .bytes(var bytes) = answer.body else { return answer }
            bytes[bytes.count / 2] ^= 1
            return ServerAnswer(200, answer.headers, body: bytes)
        }
        let pull = try world.dockerlite.run("pull", world.name)
        #expect(pull.status == 1)
        #expect(pull.errors == "filesystem layer verification failed for digest \(world.layer.digest)\n")
        try world.expectIntact()
    }

    @Test func `a blob that goes on without end is cut at its size`() async throws {
        let world = try await World()
        world.registry.fault(at: world.blobPath, times: 2) { _, _ in
            var answer = ServerAnswer(200, [("Content-Type", "application/octet-stream")])
            answer.body = .endless
            return answer.with(framing: .chunked)
        }
        let pull = try world.dockerlite.run("pull", world.name)
        #expect(pull.status == 1)
        #expect(!pull.errors.isEmpty)
        try world.expectIntact()
    }

    @Test func `a reset in the middle is retried where it broke`() async throws {
        let world = try await World()
        world.registry.fault(at: world.blobPath) { _, answer in answer.with(ending: .close(after: 100_000)) }
        let pull = try world.dockerlite.run("pull", world.name)
        #expect(pull.status == 0, "\(pull.errors)")
        #expect(pull.text.contains("\(world.layer.digest.short): Retrying in 5 seconds"))
        #expect(world.server.requests(to: world.blobPath).compactMap(\.rangeStart).count == 1)
        try world.expectIntact()
    }

    @Test func `a missing blob is final`() async throws {
        let world = try await World()
        world.registry.fault(at: world.blobPath, times: 9) { _, _ in
            .error(404, "BLOB_UNKNOWN", "blob unknown to registry")
        }
        let pull = try world.dockerlite.run("pull", world.name)
        #expect(pull.status == 1)
        #expect(pull.errors == "unknown blob\n")
        #expect(world.server.requests(to: world.blobPath).count == 1)
    }

    @Test func `an exhausted quota is not asked again`() async throws {
        let world = try await World()
        world.registry.fault(at: "/v2/app/manifests/1", times: 9) { _, _ in
            .error(429, "TOOMANYREQUESTS", "You have reached your pull rate limit")
        }
        let pull = try world.dockerlite.run("pull", world.name)
        #expect(pull.status == 1)
        #expect(pull.errors == "Error response from daemon: toomanyrequests: You have reached your pull rate limit\n")
    }

    @Test func `a manifest that is also an index is refused`() async throws {
        let world = try await World()
        let both = #"{"schemaVersion":2,"config":{},"layers":[],"manifests":[]}"#
        world.registry.add(manifest: Array(both.utf8), to: "app", tag: "both")
        let pull = try world.dockerlite.run("pull", "\(world.server.host)/app:both")
        #expect(pull.status == 1)
        #expect(!pull.errors.isEmpty)
        try world.expectIntact()
    }

    @Test func `nobody at the other end`() throws {
        let docker = try DockerliteProcess(program: "docker")
        let pull = try docker.run("pull", "127.0.0.1:1/app:1")
        #expect(pull.status == 1)
        #expect(
            pull.errors == "Error response from daemon: Get \"http://127.0.0.1:1/v2/\": "
                + "dial tcp 127.0.0.1:1: connect: connection refused\n")
    }
}
