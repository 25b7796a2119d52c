// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import DockerFormat
import Foundation
import OCI
import Testing

@testable import ImageStore

@Suite struct CheckTests {
    let home = TemporaryStore()

    private func overwrite(_ digest: Digest, in store: ImageStore, with bytes: [UInt8]) throws {
        chmod(store.blobPath(digest), 0o600)
        try Data(bytes).write(to: URL(fileURLWithPath: store.blobPath(digest)))
    }

    @Test func `a store that is well has nothing to report`() throws {
        let store = try home.open()
        try SampleImage(["a", "b"]).pull(into: store, as: "app:1")
        let report = try store.check(deep: true)
        #expect(report.isSound)
        #expect(report.orphans.isEmpty)
        #expect(report.checkedBlobs == 4)
        #expect(report.hashedBytes > 0)
    }

    @Test func `missing, cut and damaged blobs are found with their images and sources, and pulled again`() throws {
        let store = try home.open()
        let image = SampleImage(["a", "b", "c"])
        try image.pull(into: store, as: "app:1")
        let layers = image.layers.map(\.descriptor.digest)
        unlink(store.blobPath(layers[0]))
        try overwrite(layers[1], in: store, with: [1])
        try overwrite(layers[2], in: store, with: [UInt8](repeating: 7, count: image.layers[2].bytes.count))
        #expect(try store.check(deep: false).blobs.count == 2)
        let report = try store.check(deep: true)
        let kinds = Dictionary(uniqueKeysWithValues: report.blobs.map { ($0.blob.digest, $0.kind) })
        #expect(kinds[layers[0]] == .missing)
        #expect(kinds[layers[1]] == .wrongSize(1))
        let wrong = SHA256Hasher.digest(of: [UInt8](repeating: 7, count: image.layers[2].bytes.count))
        #expect(kinds[layers[2]] == .damaged(wrong))
        #expect(report.blobs.allSatisfy { $0.images == [image.id] })
        #expect(report.blobs[0].blob.sources == [BlobSource(host: "docker.io", repository: "library/sample")])

        #expect(try store.repair(report).missing.count == 3)
        #expect(try store.resolve("app:1").id == image.id)
        try image.pull(into: store, as: "app:1")
        #expect(try store.check(deep: true).isSound)
    }

    @Test func `orphans, wrong counts and an old index are put right`() throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        try image.pull(into: store, as: "app:1")
        let lease = try store.lease("interrupted")
        try SampleImage.Layer("orphan").fetch(into: store, lease)
        lease.release()
        try store.writing { _ = try $0.database.run("UPDATE layers SET images = 7") }
        try Data("{}".utf8).write(to: URL(fileURLWithPath: "\(home.root)/index.json"))
        let report = try store.check(deep: false)
        #expect(report.orphans == [SampleImage.Layer("orphan").descriptor.digest])
        #expect(report.wrongCounts == 1)
        #expect(report.isIndexStale)
        #expect(!report.isSound)
        let repair = try store.repair(report)
        #expect(repair.swept.blobs == 1)
        let after = try store.check(deep: true)
        #expect(after.isSound)
        #expect(after.orphans.isEmpty)
    }

    @Test func `a lost catalog is not taken for an empty store, and is made again from the blobs`() throws {
        let base = RealImage(files: ["a": "hello", "b": "world!"])
        do {
            let store = try home.open()
            try base.sample.pull(into: store, as: "app:1", "app@\(base.sample.manifestDescriptor.digest)")
        }
        for suffix in ["", "-wal", "-shm"] { unlink("\(home.root)/catalog.db\(suffix)") }
        #expect(throws: StoreError.catalogLost(path: home.root)) { try home.open() }
        var options = StoreOptions()
        options.lockTimeout = .seconds(60)
        let (store, report) = try ImageStore.rebuild(root: home.root, options: options)
        #expect(report.images == 1)
        #expect(report.references == 2)
        #expect(report.losses.isEmpty)
        let image = try store.resolve("app:1")
        #expect(image.id == base.sample.id)
        #expect(image.size == 11)
        #expect(try store.check(deep: true).isSound)
    }

    @Test(arguments: [0, 4096])
    func `a catalog that was emptied is not taken for that of a new store`(_ zeros: Int) throws {
        do { try RealImage(files: ["a": "hello"]).sample.pull(into: home.open(), as: "app:1") }
        for suffix in ["-wal", "-shm"] { unlink("\(home.root)/catalog.db\(suffix)") }
        try Data(count: zeros).write(to: URL(fileURLWithPath: "\(home.root)/catalog.db"))
        #expect(throws: StoreError.catalogLost(path: home.root)) { try home.open() }
        let (store, _) = try ImageStore.rebuild(root: home.root)
        #expect(try store.resolve("app:1").size == 5)
    }

    @Test func `an index that a killed process left behind is no defect, and a repair writes it`() throws {
        struct Stop: Error {}
        let image = SampleImage(["a"])
        try image.pull(into: home.open(), as: "app:1")
        let index = "\(home.root)/index.json"
        let killed = try home.open {
            $0.files = FileOperations { step in
                if case .rename(_, let target) = step, target == index { throw Stop() }
            }
        }
        #expect(throws: Stop.self) { try killed.tag(image: image.id, as: try Reference(normalizing: "other:1")) }
        let store = try home.open()
        let report = try store.check(deep: true)
        #expect(report.isSound)
        #expect(report.isIndexBehind)
        _ = try store.repair(report)
        #expect(try home.text("index.json").contains("other:1"))
        #expect(try !store.check(deep: true).isIndexBehind)
    }

    @Test func `a corrupt catalog is kept aside when it is made again`() throws {
        let base = RealImage(files: ["a": "hello"])
        do { try base.sample.pull(into: home.open(), as: "app:1") }
        try Data("garbage".utf8).write(to: URL(fileURLWithPath: "\(home.root)/catalog.db"))
        #expect(throws: StoreError.notACatalog(path: "\(home.root)/catalog.db")) { try home.open() }
        let (store, report) = try ImageStore.rebuild(root: home.root)
        #expect(try store.resolve("app:1").id == base.sample.id)
        let old = try #require(report.oldCatalog)
        #expect(try String(contentsOfFile: old, encoding: .utf8) == "garbage")
    }

    @Test func `a pipe in place of the catalog is not waited for`() throws {
        try RealImage(files: ["a": "hello"]).sample.pull(into: home.open(), as: "app:1")
        for suffix in ["", "-wal", "-shm"] { unlink("\(home.root)/catalog.db\(suffix)") }
        mkfifo("\(home.root)/catalog.db", 0o600)
        #expect(throws: StoreError.notACatalog(path: "\(home.root)/catalog.db")) { try home.open() }
        #expect(try ImageStore.rebuild(root: home.root).store.resolve("app:1").size == 5)
    }

    @Test(arguments: ["pipe", "link"])
    func `a pipe or link in place of a blob is not followed, counts as missing and is replaced`(_ kind: String) throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        try image.pull(into: store, as: "app:1")
        let path = store.blobPath(image.layers[0].descriptor.digest)
        try FileManager.default.moveItem(atPath: path, toPath: "\(home.root)/elsewhere")
        if kind == "pipe" { mkfifo(path, 0o600) } else { symlink("\(home.root)/elsewhere", path) }
        #expect(throws: StoreError.self) { try store.readBlob(image.layers[0].descriptor.digest) }
        let report = try store.check(deep: true)
        #expect(report.blobs.map(\.kind) == [.missing])
        try image.pull(into: store, as: "app:1")
        #expect(try store.check(deep: true).isSound)
    }
}
