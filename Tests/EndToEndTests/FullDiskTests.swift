// SPDX-License-Identifier: Apache-2.0
import Foundation
import OCI
import TestSupport
import Testing

/// A disk that is full at every stage of every verb that needs space. `DOCKERLITE_DISKS` sets how many sizes.
@Suite(.serialized, .enabled(if: SmallDisk.isAvailable, "needs root, to mount small file systems"))
struct FullDiskTests {
    private static let disks = ProcessInfo.processInfo.environment["DOCKERLITE_DISKS"].flatMap(Int.init) ?? 6
    private static let message = "no space left on device"

    /// An image of two layers, together 600 KiB that don't compress.
    private func registry() throws -> (registry: FakeRegistry, layers: [Descriptor]) {
        let registry = FakeRegistry()
        let layers = try registry.add(
            TestImage(layers: [
                try TestLayer.random(size: 400 << 10, seed: 1, form: .plain),
                try TestLayer.random(size: 200 << 10, seed: 2, form: .plain),
            ]), to: "app", tag: "1")
        return (registry, layers)
    }

    private func kibibytes(upTo most: Int) -> [Int] {
        (1...Self.disks).map { 4 * max(1, $0 * most / Self.disks / 4) }
    }

    private func expect(_ result: TestCommand.Result, _ context: String) {
        #expect(result.status == 0 || result.status == 1, "\(context): \(result)")
        if result.status == 1 { #expect(result.errors.contains(Self.message), "\(context): \(result.errors)") }
    }

    private func expectSound(_ dockerlite: DockerliteProcess, _ context: String) async throws {
        let check = try await background { try dockerlite.run("system", "check", "--deep") }
        #expect(check.status == 0, "\(context): \(check.text)\(check.errors)")
    }

    @Test func `a pull that fills the disk says so, keeps what it has, and ends when there is space`() async throws {
        let (registry, layers) = try registry()
        let server = try await FaultServer.start(handler: registry.answer)
        let name = "\(server.host)/app:1"
        for size in kibibytes(upTo: 1100) {
            let disk = try SmallDisk(kibibytes: size)
            let dockerlite = try DockerliteProcess(root: disk.path + "/store")
            let context = "pull on a disk of \(size) KiB"
            expect(try await background { try dockerlite.run("pull", name) }, context)
            let stored = try await background { try dockerlite.run("system", "df", "-v") }.status
            #expect(stored == 0 || size < 100, "\(context)")
            try disk.resize(kibibytes: 8192)
            let kept = try layers.map { try keptBytes(of: $0, in: dockerlite) }
            let before = server.requests.count
            let again = try await background { try dockerlite.run("pull", name) }
            #expect(again.status == 0, "\(context): \(again.errors)")
            try await expectSound(dockerlite, context)
            // What was on the disk is not fetched again.
            for (layer, kept) in zip(layers, kept) {
                let requests = server.requests.dropFirst(before).filter { $0.path.hasSuffix("\(layer.digest)") }
                let starts = requests.map { $0.rangeStart ?? 0 }
                #expect(starts == (kept == layer.size ? [] : [Int(kept)]), "\(context), kept \(kept)")
            }
        }
        await server.stop()
    }

    /// Bytes of a layer, or of what has arrived of it.
    private func keptBytes(of layer: Descriptor, in dockerlite: DockerliteProcess) throws -> Int64 {
        let paths = ["blobs/sha256/\(layer.digest.hex)", "ingest/\(layer.digest.hex).partial"]
        let sizes = paths.compactMap {
            try? FileManager.default.attributesOfItem(atPath: dockerlite.root + "/" + $0)[.size] as? NSNumber
        }
        return sizes.first?.int64Value ?? 0
    }

    @Test func `a load that fills the disk says so and leaves nothing half`() async throws {
        let server = try await FaultServer.start(handler: registry().registry.answer)
        let other = try DockerliteProcess()
        let archive = other.root + "/archive.tar"
        try #require(try await background { try other.run("pull", "-q", "\(server.host)/app:1") }.status == 0)
        try #require(try await background { try other.run("save", "-o", archive, "\(server.host)/app:1") }.status == 0)
        for size in kibibytes(upTo: 1100) {
            let disk = try SmallDisk(kibibytes: size)
            let dockerlite = try DockerliteProcess(root: disk.path + "/store")
            let context = "load on a disk of \(size) KiB"
            expect(try await background { try dockerlite.run("load", "-i", archive) }, context)
            try disk.resize(kibibytes: 8192)
            let again = try await background { try dockerlite.run("load", "-i", archive) }
            #expect(again.status == 0, "\(context): \(again.errors)")
            try await expectSound(dockerlite, context)
        }
        await server.stop()
    }

    @Test func `on a full disk tag and commit say so; images and rmi work`() async throws {
        let server = try await FaultServer.start(handler: registry().registry.answer)
        let name = "\(server.host)/app:1"
        let disk = try SmallDisk(kibibytes: 8192)
        let dockerlite = try DockerliteProcess(root: disk.path + "/store")
        try #require(try await background { try dockerlite.run("pull", "-q", name) }.status == 0)
        let create = try await background { try dockerlite.run("create", "--name", "crash", name, "true") }
        try #require(create.status == 0, "\(create)")
        for free in kibibytes(upTo: 120) + [0] {
            try disk.fill(leaving: free << 10)
            let context = "\(free) KiB free"
            expect(try await background { try dockerlite.run("tag", name, "other:\(free)") }, context)
            expect(try await background { try dockerlite.run("commit", "crash", "committed:\(free)") }, context)
            let images = try await background { try dockerlite.run("images", "--format", "{{.Repository}}") }
            #expect(images.text.contains(server.host), "\(context): \(images)")
            try disk.empty()
            try await expectSound(dockerlite, context)
            #expect(try await background { try dockerlite.run("tag", name, "other:\(free)") }.status == 0)
        }
        try disk.fill(leaving: 0)
        let removal = try await background { try dockerlite.run("rmi", "-f", name, "other:0") }
        #expect(removal.status == 0, "\(removal)")
        try disk.empty()
        try await expectSound(dockerlite, "after rmi")
        await server.stop()
    }
}
