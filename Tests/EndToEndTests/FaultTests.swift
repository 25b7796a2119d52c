// SPDX-License-Identifier: Apache-2.0
import Foundation
import OCI
import TestSupport
import Testing

/// Servers that break, lie or stall: each pull ends with the right text, and the store stays whole.
struct FaultTests {
    @Test func `a blob that isn't what its digest says is refused`() async throws {
        let world = try await FaultWorld()
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
        let world = try await FaultWorld()
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
        let world = try await FaultWorld()
        world.registry.fault(at: world.blobPath) { _, answer in answer.with(ending: .close(after: 100_000)) }
        let pull = try world.dockerlite.run("pull", world.name)
        #expect(pull.status == 0, "\(pull.errors)")
        #expect(pull.text.contains("\(world.layer.digest.short): Retrying in 5 seconds"))
        #expect(world.server.requests(to: world.blobPath).compactMap(\.rangeStart).count == 1)
        try world.expectIntact()
    }

    @Test func `a missing blob is final`() async throws {
        let world = try await FaultWorld()
        world.registry.fault(at: world.blobPath, times: 9) { _, _ in
            .error(404, "BLOB_UNKNOWN", "blob unknown to registry")
        }
        let pull = try world.dockerlite.run("pull", world.name)
        #expect(pull.status == 1)
        #expect(pull.errors == "unknown blob\n")
        #expect(world.server.requests(to: world.blobPath).count == 1)
    }

    @Test func `an exhausted quota is not asked again`() async throws {
        let world = try await FaultWorld()
        world.registry.fault(at: "/v2/app/manifests/1", times: 9) { _, _ in
            .error(429, "TOOMANYREQUESTS", "You have reached your pull rate limit")
        }
        let pull = try world.dockerlite.run("pull", world.name)
        #expect(pull.status == 1)
        #expect(pull.errors == "Error response from daemon: toomanyrequests: You have reached your pull rate limit\n")
    }

    @Test func `a manifest that is also an index is refused`() async throws {
        let world = try await FaultWorld()
        let both = #"{"schemaVersion":2,"config":{},"layers":[],"manifests":[]}"#
        world.registry.add(manifest: Array(both.utf8), to: "app", tag: "both")
        let pull = try world.dockerlite.run("pull", "\(world.server.host)/app:both")
        #expect(pull.status == 1)
        #expect(!pull.errors.isEmpty)
        try world.expectIntact()
    }

    @Test func `a manifest that is cut off ends the pull before it begins`() async throws {
        let world = try await FaultWorld()
        world.registry.add(manifest: Array(#"{"schemaVersion":2,"#.utf8), to: "app", tag: "cut")
        let pull = try world.dockerlite.run("pull", "\(world.server.host)/app:cut")
        #expect(pull.status == 1)
        #expect(pull.text == "")
        #expect(pull.errors == "Error response from daemon: unexpected end of JSON input\n")
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
