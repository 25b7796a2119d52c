// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Foundation
import OCI
import Testing

@testable import ImageStore

@Suite struct LayerTests {
    let home = TemporaryStore()
    private let image = RealImage(files: ["etc/a": "hello", "b": "world!"])

    private func unpack(_ store: ImageStore) throws -> String {
        let lease = try store.lease("run")
        let layer = try #require(try store.layers(of: image.sample.id).first)
        return try store.unpackedLayer(layer, lease: lease)
    }

    @Test func `a layer is unpacked once and freed with its image`() throws {
        let store = try home.open()
        try image.sample.pull(into: store, as: "app:1")
        let path = try unpack(store)
        #expect(path == "\(home.root)/layers/\(image.sample.layers[0].facts.diffID.hex)/fs")
        #expect(try String(contentsOfFile: "\(path)/etc/a", encoding: .utf8) == "hello")
        try Data("changed".utf8).write(to: URL(fileURLWithPath: "\(path)/etc/a"))
        #expect(try unpack(home.open()) == path)
        #expect(try String(contentsOfFile: "\(path)/etc/a", encoding: .utf8) == "changed")

        let dry = try store.remove("app:1", options: RemoveOptions(isDryRun: true))
        let removal = try store.remove("app:1")
        #expect(dry == removal)
        #expect(store.lastSweep.trees == 1)
        #expect(try home.names("layers") == [])
        #expect(try home.names("trash") == [])
    }

    @Test func `a tree that was not synced counts only in the boot it was written in`() throws {
        let store = try home.open()
        try image.sample.pull(into: store, as: "app:1")
        let path = try unpack(store)
        let boot = "\(path)/../boot"
        try Data("another boot".utf8).write(to: URL(fileURLWithPath: boot))
        try Data("".utf8).write(to: URL(fileURLWithPath: "\(path)/etc/a"))
        try store.persistLayers(age: 0)
        #expect(!store.isUnpacked(image.sample.layers[0].facts.diffID))
        #expect(try String(contentsOfFile: "\(try unpack(store))/etc/a", encoding: .utf8) == "hello")

        try store.persistLayers()
        #expect(FileManager.default.fileExists(atPath: boot))
        try store.persistLayers(age: 0)
        #expect(!FileManager.default.fileExists(atPath: boot))
        #expect(store.isUnpacked(image.sample.layers[0].facts.diffID))
    }

    @Test func `a half unpacked layer is never used and is swept`() throws {
        let store = try home.open()
        try image.sample.pull(into: store, as: "app:1")
        let layer = image.sample.layers[0]
        let half = store.layout.newUnfinishedLayer(layer.facts.diffID)
        try FileManager.default.createDirectory(atPath: "\(half)/fs", withIntermediateDirectories: true)
        try Data("x".utf8).write(to: URL(fileURLWithPath: "\(half)/fs/leftover"))
        #expect(!store.isUnpacked(layer.facts.diffID))
        #expect(try store.sweep().bytes == 1)
        try FileManager.default.createDirectory(atPath: "\(half)/fs", withIntermediateDirectories: true)
        let path = try unpack(store)
        #expect(try DirectoryListing.names(in: path) == ["b", "etc"])
        #expect(try home.names("layers").count == 1)
    }

    @Test func `a damaged blob gives no layer`() throws {
        let store = try home.open()
        try image.sample.pull(into: store, as: "app:1")
        let digest = image.sample.layers[0].descriptor.digest
        chmod(store.blobPath(digest), 0o600)
        var bytes = image.tar
        bytes[600] = 1
        try Data(bytes).write(to: URL(fileURLWithPath: store.blobPath(digest)))
        #expect(throws: StoreError.blobDamaged(digest)) { try unpack(store) }
        #expect(try home.names("layers") == [])
    }

    @Test func `layers of a container are found by their chain after the image is gone`() throws {
        let store = try home.open()
        try image.sample.pull(into: store, as: "app:1")
        let id = String(repeating: "a", count: 64)
        try store.insert(
            ContainerRecord(
                id: id, name: "c", imageID: image.sample.id, chainIDs: image.sample.chainIDs, created: .now()
            )
        )
        _ = try store.remove("app:1", options: RemoveOptions(force: true))
        let layers = try store.layers(chainIDs: try store.container(id).chainIDs)
        let path = try store.unpackedLayer(layers[0], lease: store.lease("start"))
        #expect(try DirectoryListing.names(in: path) == ["b", "etc"])
        try store.removeContainer(id)
    }
}
