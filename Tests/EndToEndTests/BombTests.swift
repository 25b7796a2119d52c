// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Layers that are small on the wire and huge once inflated.
struct BombTests {
    private static let limit = #"{"max-layer-size": 1048576}"#

    @Test(arguments: [TestLayer.Form.gzip, .zstd])
    func `a layer that inflates beyond max-layer-size is refused by pull and load, and taken when it is raised`(
        _ form: TestLayer.Form
    ) async throws {
        let registry = FakeRegistry()
        let zeros = try TestLayer(["zeros": [UInt8](repeating: 0, count: 4 << 20)], form: form)
        #expect(zeros.blob.count < 16 << 10)
        try registry.add(TestImage(layers: [zeros]), to: "bomb", tag: "1")
        let server = try await FaultServer.start(handler: registry.answer)
        let (name, dockerlite) = ("\(server.host)/bomb:1", try DockerliteProcess())
        let archive = dockerlite.root + ".tar"
        try dockerlite.write(engineConfig: Self.limit)
        let refused = try await background { try dockerlite.run("pull", name) }
        #expect(refused.status == 1)
        #expect(refused.errors.contains("1048576") && refused.errors.contains("max-layer-size"), "\(refused.errors)")
        try dockerlite.write(engineConfig: #"{"max-layer-size": 8388608}"#)
        let taken = try await background { try dockerlite.run("pull", "-q", name) }
        #expect(taken.status == 0, "\(taken.errors)")
        try await background {
            try dockerlite.run("save", "-o", archive, name)
            try dockerlite.run("rmi", name)
        }
        try dockerlite.write(engineConfig: Self.limit)
        let load = try await background { try dockerlite.run("load", "-i", archive) }
        #expect(load.status == 1)
        #expect(load.errors.contains("max-layer-size"), "\(load.errors)")
        #expect(try await background { try dockerlite.run("system", "check", "--deep") }.status == 0)
        await server.stop()
    }

    @Test(
        .enabled(if: SmallDisk.isAvailable, "needs root, to mount file systems"),
        arguments: [1 << 36, 1 << 50, Int64.max])
    func `a layer that claims to be larger than the disk, or than layers may be, is refused before a byte of it`(
        _ size: Int64
    ) async throws {
        let registry = FakeRegistry()
        let diffID = "sha256:" + String(repeating: "ab", count: 32)
        let config = registry.add(
            blob: Array(#"{"os":"linux","rootfs":{"type":"layers","diff_ids":["\#(diffID)"]}}"#.utf8),
            mediaType: .ociConfig)
        let manifest = """
            {"schemaVersion":2,"config":{"mediaType":"\(config.mediaType)","digest":"\(config.digest)",\
            "size":\(config.size)},"layers":[{"mediaType":"\(TestLayer.Form.gzip.rawValue)","digest":"\(diffID)",\
            "size":\(size)}]}
            """
        registry.add(manifest: Array(manifest.utf8), to: "bomb", tag: "1")
        let server = try await FaultServer.start(handler: registry.answer)
        let disk = try SmallDisk(kibibytes: 8192)
        let dockerlite = try DockerliteProcess(root: disk.path + "/store")
        let pull = try await background { try dockerlite.run("pull", "\(server.host)/bomb:1") }
        #expect(pull.status == 1)
        let reason = size > 128 << 30 ? "max-layer-size" : "no space left on device"
        #expect(pull.errors.contains(reason), "\(pull.errors)")
        #expect(server.requests.filter { $0.path.hasSuffix(diffID) }.isEmpty)
        await server.stop()
    }
}
