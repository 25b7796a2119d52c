// SPDX-License-Identifier: Apache-2.0
import Foundation
import OCI
import TestSupport
import Testing

/// What a pull that was killed leaves behind, and what the next one makes of it.
struct InterruptedPullTests {
    /// A registry with one image of one layer that doesn't compress.
    private static func bigImage(bytes: Int) throws -> (registry: FakeRegistry, layer: Descriptor) {
        let registry = FakeRegistry()
        let layers = try registry.add(
            TestImage(layers: [try TestLayer.random(size: bytes, seed: 7, form: .plain)]), to: "big", tag: "1")
        return (registry, try #require(layers.first))
    }

    private static func starts(of layer: Descriptor, in server: FaultServer) -> [Int] {
        server.requests.filter { $0.method == "GET" && $0.path.hasSuffix("/blobs/\(layer.digest)") }
            .map { $0.rangeStart ?? 0 }
    }

    @Test func `a connection cut at half is resumed there by the next pull`() async throws {
        let (registry, layer) = try Self.bigImage(bytes: 4 << 20)
        let half = Int(layer.size) / 2
        registry.fault(at: "/v2/big/blobs/\(layer.digest)") { _, answer in answer.with(ending: .close(after: half)) }
        let server = try await FaultServer.start(handler: registry.answer)
        let name = "\(server.host)/big:1"
        let dockerlite = try DockerliteProcess()
        try dockerlite.write(engineConfig: #"{"max-download-attempts": 1}"#)
        let cut = try dockerlite.run("pull", name)
        #expect(cut.status == 1)
        let resumed = try dockerlite.run("pull", name)
        #expect(resumed.status == 0, "\(resumed.errors)")
        let start = try #require(Self.starts(of: layer, in: server).last)
        #expect(start > 0 && start <= half)
        await server.stop()
    }

    @Test func `killed again and again, a pull ends whole and fetches each byte about once`() async throws {
        let (registry, layer) = try Self.bigImage(bytes: 48 << 20)
        let server = try await FaultServer.start(handler: registry.answer)
        let name = "\(server.host)/big:1"
        let dockerlite = try DockerliteProcess()
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20 {
            let process = try dockerlite.start("pull", "-q", name)
            let patience = UInt32.random(in: 1_000...60_000, using: &generator)
            usleep(patience)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let check = try dockerlite.run("system", "check")
            #expect(check.status == 0, "\(check.text)\(check.errors)")
        }
        let last = try dockerlite.run("pull", name)
        #expect(last.status == 0, "\(last.errors)")
        let starts = Self.starts(of: layer, in: server)
        #expect(starts == starts.sorted(), "an attempt began before bytes that an earlier one had saved: \(starts)")
        #expect(try dockerlite.run("system", "check", "--deep").status == 0)
        await server.stop()
    }

    @Test func `two processes that pull one image download it once`() async throws {
        let (registry, layer) = try Self.bigImage(bytes: 16 << 20)
        let server = try await FaultServer.start(handler: registry.answer)
        let dockerlite = try DockerliteProcess()
        let pulls = try (0..<3).map { _ in try dockerlite.start("pull", "-q", "\(server.host)/big:1") }
        for pull in pulls { pull.waitUntilExit() }
        #expect(pulls.map(\.terminationStatus) == [0, 0, 0])
        #expect(Self.starts(of: layer, in: server) == [0])
        await server.stop()
    }
}
