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

    /// How often the kill loop kills; `DOCKERLITE_TEST_KILLS=100` for the long one.
    private static let kills = ProcessInfo.processInfo.environment["DOCKERLITE_TEST_KILLS"].flatMap { Int($0) } ?? 6

    /// Pulls that are killed at random moments, then one that ends. The server sends a fixed rate a connection, so that
    /// what a kill costs is what had left the server and wasn't stored yet.
    @Test(arguments: [1, 4])
    func `killed again and again, a pull ends whole and fetches each byte about once`(
        connections: Int
    ) async throws {
        // So that the whole takes about as long as all the kills.
        let rate = Int(Double(36 << 20) / (0.075 * Double(Self.kills * connections)))
        let (registry, layer) = try Self.bigImage(bytes: 36 << 20)
        registry.fault(at: "/v2/big/blobs/\(layer.digest)", times: 10_000) { _, answer in answer.with(rate: rate) }
        let server = try await FaultServer.start(handler: registry.answer)
        let name = "\(server.host)/big:1"
        let dockerlite = try DockerliteProcess()
        try dockerlite.write(engineConfig: #"{"max-connections-per-layer": \#(connections)}"#)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<Self.kills {
            let process = try dockerlite.start("pull", "-q", name)
            usleep(UInt32.random(in: 1_000...200_000, using: &generator))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            let check = try dockerlite.run("system", "check", "--deep")
            #expect(check.status == 0, "\(check.text)\(check.errors)")
        }
        let last = try dockerlite.run("pull", name)
        #expect(last.status == 0, "\(last.errors)")
        let sent = server.bytesSent(to: "/v2/big/blobs/\(layer.digest)")
        let overhead = Double(sent) / Double(layer.size) - 1
        if Self.kills > 6 { print("\(Self.kills) kills, \(connections) connections: \(overhead) too much on the wire") }
        #expect(overhead >= 0 && overhead < (Self.kills > 6 ? 0.05 : 0.15), "sent \(sent) bytes for \(layer.size)")
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

    @Test func `when the process that downloads is killed, the one that waits takes over`() async throws {
        let (registry, layer) = try Self.bigImage(bytes: 4 << 20)
        let path = "/v2/big/blobs/\(layer.digest)"
        registry.fault(at: path) { _, answer in answer.with(ending: .stall(after: 1 << 20)) }
        let server = try await FaultServer.start(handler: registry.answer)
        let dockerlite = try DockerliteProcess()
        let first = try dockerlite.start("pull", "-q", "\(server.host)/big:1")
        let partial = dockerlite.root + "/ingest/\(layer.digest.hex).partial"
        while (try? FileManager.default.attributesOfItem(atPath: partial)[.size] as? Int) ?? 0 < 1 << 20 {
            usleep(1000)
        }
        let second = try dockerlite.start("pull", "-q", "\(server.host)/big:1")
        // The second has asked for what the tag points to; then it can only wait for the layer.
        while server.requests(to: "/v2/big/manifests/1").filter({ $0.method == "HEAD" }).count < 2 { usleep(1000) }
        kill(first.processIdentifier, SIGKILL)
        first.waitUntilExit()
        second.waitUntilExit()
        #expect(second.terminationStatus == 0)
        #expect(Self.starts(of: layer, in: server) == [0, 1 << 20])
        #expect(try dockerlite.run("system", "check", "--deep").status == 0)
        await server.stop()
    }

    @Test func `a slow layer comes over several connections, each byte once`() async throws {
        let (registry, layer) = try Self.bigImage(bytes: 33 << 20)
        registry.fault(at: "/v2/big/blobs/\(layer.digest)", times: 100) { _, answer in answer.with(rate: 40 << 20) }
        let server = try await FaultServer.start(handler: registry.answer)
        let dockerlite = try DockerliteProcess()
        let pull = try dockerlite.run("pull", "\(server.host)/big:1")
        #expect(pull.status == 0, "\(pull.errors)")
        #expect(Self.starts(of: layer, in: server).sorted() == Array(stride(from: 0, to: Int(layer.size), by: 8 << 20)))
        #expect(server.bytesSent(to: "/v2/big/blobs/\(layer.digest)") == Int(layer.size))
        #expect(try dockerlite.run("system", "check", "--deep").status == 0)
        await server.stop()
    }
}
