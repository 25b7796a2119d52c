// SPDX-License-Identifier: Apache-2.0

import DockerFormat
import Foundation
import OCI
import Testing

@testable import ImageStore

@Suite struct RemoveTests {
    let home = TemporaryStore()

    private func conflict(_ store: ImageStore, _ argument: String, force: Bool = false) -> String? {
        do {
            _ = try store.remove(argument, options: RemoveOptions(force: force))
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func insert(_ id: String, _ image: SampleImage, isRunning: Bool, into store: ImageStore) throws {
        try store.insert(
            ContainerRecord(
                id: String(repeating: id, count: 64), name: "c-\(id)", imageID: image.id, chainIDs: image.chainIDs,
                isRunning: isRunning, created: Timestamp(unixSeconds: 1)
            )
        )
    }

    @Test func `the last name takes the image and its layers along, top layer first`() throws {
        let store = try home.open()
        let image = SampleImage(["a", "b"])
        try image.pull(into: store, as: "app:1", "app@\(image.manifestDescriptor.digest)")
        let removal = try store.remove("app:1")
        #expect(
            removal.records == [
                .untagged("app:1"), .untagged("app@\(image.manifestDescriptor.digest)"), .deleted(image.id),
                .deleted(image.chainIDs[1]), .deleted(image.chainIDs[0]),
            ]
        )
        #expect(removal.freed.layerBytes == 200)
        let bytes = image.layers.reduce(0) { $0 + $1.bytes.count } + image.config.count + image.manifest.count
        #expect(removal.freed.diskBytes == Int64(bytes))
        #expect(try home.names("blobs/sha256") == [])
        #expect(try home.names("trash") == [])
        #expect(try !home.text("index.json").contains("library/app"))
    }

    @Test func `another name keeps the image`() throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        try image.pull(into: store, as: "app:1", "other:2")
        #expect(try store.remove("app:1").records == [.untagged("app:1")])
        #expect(try store.resolve("other:2").id == image.id)
    }

    @Test func `layers that another image has stay`() throws {
        let store = try home.open()
        let small = SampleImage(["a"])
        let large = SampleImage(["a", "b"])
        try small.pull(into: store, as: "small")
        try large.pull(into: store, as: "large")
        let removal = try store.remove("large")
        #expect(removal.records == [.untagged("large:latest"), .deleted(large.id), .deleted(large.chainIDs[1])])
        #expect(try home.names("blobs/sha256") == small.blobDigests.map(\.hex).sorted())
    }

    @Test func `by ID all names of one repository go, sorted, but not those of several`() throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        let digest = "app@\(image.manifestDescriptor.digest)"
        try image.pull(into: store, as: digest, "app:1")
        #expect(try store.remove(image.id.short).records.prefix(2) == [.untagged("app:1"), .untagged(digest)])

        try image.pull(into: store, as: "app:1", "app:2")
        let text =
            "conflict: unable to delete \(image.id.short) (must be forced) - image is referenced in multiple repositories"
        #expect(conflict(store, image.id.hex) == text)
        let forced = try store.remove(image.id.hex, options: RemoveOptions(force: true))
        #expect(
            forced.records == [.untagged("app:1"), .untagged("app:2"), .deleted(image.id), .deleted(image.chainIDs[0])])
    }

    @Test func `a digest name goes alone while a tag is left`() throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        let digest = "app@\(image.manifestDescriptor.digest)"
        try image.pull(into: store, as: "app:1", digest)
        #expect(try store.remove(digest).records == [.untagged(digest)])
        #expect(try store.resolve("app:1").id == image.id)
    }

    @Test func `containers protect their image as in docker`() throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        try image.pull(into: store, as: "app:1")
        try insert("a", image, isRunning: false, into: store)
        let short = image.id.short
        #expect(
            conflict(store, "app:1")
                == "conflict: unable to remove repository reference \"app:1\" (must force) - container aaaaaaaaaaaa is using its referenced image \(short)"
        )
        #expect(
            conflict(store, short)
                == "conflict: unable to delete \(short) (must be forced) - image is being used by stopped container aaaaaaaaaaaa"
        )
        try store.updateContainer(String(repeating: "a", count: 64)) { $0.isRunning = true }
        #expect(
            conflict(store, short, force: true)
                == "conflict: unable to delete \(short) (cannot be forced) - image is being used by running container aaaaaaaaaaaa"
        )
        let untagged = try store.remove("app:1", options: RemoveOptions(force: true))
        #expect(untagged.records == [.untagged("app:1")])
        #expect(try store.image(id: image.id)?.references == [])
    }

    @Test func `an image removed by force leaves its layers to the stopped container`() throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        try image.pull(into: store, as: "app:1")
        try insert("a", image, isRunning: false, into: store)
        let removal = try store.remove("app:1", options: RemoveOptions(force: true))
        #expect(removal.records == [.untagged("app:1"), .deleted(image.id)])
        #expect(try home.names("blobs/sha256") == [image.layers[0].descriptor.digest.hex])
        #expect(try store.removeContainer(String(repeating: "a", count: 64)))
        #expect(try home.names("blobs/sha256") == [])
    }

    @Test func `a parent cannot be deleted, is only untagged, and goes with its last child`() throws {
        let store = try home.open()
        let base = SampleImage(["a"])
        let child = base.child("b")
        try base.pull(into: store, as: "base:1")
        try child.pull(into: store, as: "child:1")
        #expect(
            conflict(store, base.id.hex, force: true)
                == "conflict: unable to delete \(base.id.short) (cannot be forced) - image has dependent child images"
        )
        #expect(try store.remove("base:1").records == [.untagged("base:1")])
        #expect(try store.images().map(\.id) == [child.id])
        #expect(try store.images(ListOptions(includesIntermediates: true)).map(\.id) == [child.id, base.id])
        let removal = try store.remove("child:1")
        #expect(
            removal.records == [
                .untagged("child:1"), .deleted(child.id), .deleted(child.chainIDs[1]), .deleted(base.id),
                .deleted(base.chainIDs[0]),
            ]
        )
    }

    @Test func `with no-prune the parent stays`() throws {
        let store = try home.open()
        let base = SampleImage(["a"])
        let child = base.child("b")
        try base.pull(into: store)
        try child.pull(into: store, as: "child:1")
        let removal = try store.remove("child:1", options: RemoveOptions(prunesParents: false))
        #expect(removal.records.count == 3)
        #expect(try store.image(id: base.id) != nil)
    }

    @Test func `a dry run tells the same and changes nothing`() throws {
        let store = try home.open()
        let image = SampleImage(["a", "b"])
        try image.pull(into: store, as: "app:1")
        let before = try home.text("index.json")
        let dry = try store.remove("app:1", options: RemoveOptions(isDryRun: true))
        #expect(try home.text("index.json") == before)
        #expect(try store.resolve("app:1").id == image.id)
        #expect(try store.remove("app:1") == dry)
    }

    @Test func `a live lease keeps the blobs, a later sweep gets them`() throws {
        let store = try home.open()
        let other = try home.open()
        let image = SampleImage(["a"])
        try image.pull(into: store, as: "app:1")
        let lease = try other.lease("save app:1")
        try lease.protect(image: image.id, in: other)
        #expect(try store.remove("app:1").freed.diskBytes == 0)
        #expect(try other.readBlob(image.id) == image.config)
        lease.release()
        try image.pull(into: store, as: "app:1")
        #expect(try store.remove("app:1").freed.diskBytes > 0)
    }

    @Test func `what is not there, or is no name, is told in docker's words`() throws {
        let store = try home.open()
        #expect(conflict(store, "nosuch") == "No such image: nosuch:latest")
        #expect(conflict(store, "deadbeef") == "No such image: deadbeef:latest")
        #expect(conflict(store, " ") == "image name cannot be blank")
        let id = String(repeating: "0", count: 64)
        #expect(conflict(store, id) == "No such image: sha256:\(id)")
        #expect(
            conflict(store, "UPPER") == "invalid reference format: repository name (library/UPPER) must be lowercase"
        )
    }

    @Test func `many removals in a batch write the index once and free everything at the end`() throws {
        let store = try home.open()
        let images = (0..<20).map { SampleImage(["layer \($0)"]) }
        for (number, image) in images.enumerated() { try image.pull(into: store, as: "app:\(number)") }
        try store.batch {
            for number in images.indices { _ = try store.remove("app:\(number)") }
            #expect(try home.names("blobs/sha256").count == 60)
        }
        #expect(try home.names("blobs/sha256") == [])
        #expect(store.lastSweep.blobs == 60)
        #expect(try home.text("index.json") == OCIIndexWriter.empty)
    }

    @Test func `many arguments at once give each its own result`() throws {
        let store = try home.open()
        let images = (0..<3).map { SampleImage(["layer \($0)", "shared"]) }
        for (number, image) in images.enumerated() { try image.pull(into: store, as: "app:\(number)") }
        let results = try store.remove(["app:0", "nosuch", "app:0", "app:1", "app:2"])
        #expect(results.count == 5)
        #expect(try results[0].get().records.first == .untagged("app:0"))
        #expect(throws: StoreError.noSuchImage("nosuch:latest")) { try results[1].get() }
        #expect(throws: StoreError.noSuchImage("app:0")) { try results[2].get() }
        #expect(try results[4].get().records.last == .deleted(images[2].chainIDs[0]))
        #expect(try home.names("blobs/sha256") == [])
        #expect(store.lastSweep.blobs == 10)
    }
}
