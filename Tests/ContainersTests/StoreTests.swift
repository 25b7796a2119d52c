// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Foundation
import ImageStore
import Testing

@testable import Containers

/// Containers whose image store is told of them.
@Suite(.timeLimit(.minutes(20))) struct StoreTests {
    private func withEngine(_ body: (ContainerEngine, ImageStore) throws -> Void) throws {
        let root = "/tmp/dockerlite-catalog-\(UInt64.random(in: 0...UInt64.max))"
        defer { try? FileManager.default.removeItem(atPath: root) }
        let store = try ImageStore.open(root: root)
        var options = EngineOptions(root: root)
        options.driver = .copying
        options.runDirectory = root + "/run"
        try body(try ContainerEngine(options, images: store), store)
    }

    @Test func `an image that is gone makes no container`() throws {
        try withEngine { engine, store throws in
            var spec = ContainerSpec(image: "x")
            spec.command = ["true"]
            let image = ContainerImage(
                id: EngineFixture.config().diffIDs[0], config: EngineFixture.config(), layers: [])
            #expect(throws: (any Error).self) { try engine.create(spec, name: "web", image: image) }
            #expect(try engine.list().isEmpty)
            #expect(try store.containers().isEmpty)
            #expect(try engine.store.owner(of: "web") == nil)
        }
    }

    @Test func `rows and directories that a crash left are swept`() throws {
        try withEngine { engine, store throws in
            let id = String(repeating: "ab", count: 32)
            try store.insert(ContainerRecord(id: id, name: "web", imageID: nil, created: .now()))
            let other = try engine.store.directory(try #require(ContainerID(String(repeating: "cd", count: 32))))
            try FileManager.default.createDirectory(atPath: other.upper, withIntermediateDirectories: true)
            let volume = try engine.createVolume(nil)
            try volume.name.write(toFile: other.ownVolumes, atomically: true, encoding: .utf8)
            let claim = other.path + "/../names/claimed"
            try FileManager.default.createSymbolicLink(
                atPath: claim, withDestinationPath: String(repeating: "cd", count: 32))
            let probe = try engine.store.newProbe()
            try FileManager.default.createDirectory(atPath: probe, withIntermediateDirectories: true)
            let making = try engine.store.makeLocked(engine.store.newProbe())
            let maker = try engine.store.makeLocked(other.path)
            try engine.sweep()
            #expect(try store.containers().isEmpty)
            // Somebody is at it.
            #expect(FileManager.default.fileExists(atPath: other.path))
            #expect(try engine.listVolumes().count == 1)
            #expect(try engine.store.probes().count == 1)
            // As the kernel does when the maker dies.
            try maker.close()
            try making.close()
            try engine.sweep()
            #expect(try engine.store.probes().isEmpty)
            #expect(!FileManager.default.fileExists(atPath: other.path))
            #expect(try engine.listVolumes().isEmpty)
            #expect(throws: (any Error).self) { try FileManager.default.destinationOfSymbolicLink(atPath: claim) }
        }
    }
}
