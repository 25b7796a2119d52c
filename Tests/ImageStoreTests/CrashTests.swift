// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import DockerFormat
import Foundation
import OCI
import Testing

@testable import ImageStore

/// For every verb that changes the store: stop it at every single change of the disk and look at what is left.
@Suite struct CrashTests {
    private let old = SampleImage(["shared", "old"])
    private let new = SampleImage(["shared", "new"])

    /// Kills `verb` at step 1, 2, 3… of a fresh store each until it gets through; returns how many steps it has.
    @discardableResult
    private func matrix(
        _ verb: (ImageStore) throws -> Void, prepare: (ImageStore) throws -> Void,
        check: (ImageStore, TemporaryStore) throws -> Void
    ) throws -> Int {
        for step in 1...1_000 {
            let home = TemporaryStore()
            try prepare(home.open())
            let plan = FaultPlan(at: step)
            var isThrough = false
            do {
                let store = try home.open { $0.files = plan.files }
                try verb(store)
                isThrough = true
            } catch is FaultPlan.Killed {}
            let store = try home.open()
            try expectSound(store, "killed before \(plan.last.map { "\($0)" } ?? "-")")
            try check(store, home)
            try verb(store)
            try expectSound(store, "after running it again")
            if isThrough { return step }
        }
        Issue.record("never got through")
        return 0
    }

    /// Every image that is listed is whole, by the bytes; every name resolves to one.
    private func expectSound(_ store: ImageStore, _ context: String) throws {
        for image in try store.images(ListOptions(includesIntermediates: true)) {
            for blob in try store.reading({ try $0.digestsNeeded(by: image.id) }) {
                guard try store.blob(blob) != nil else { continue }
                _ = try store.readBlob(blob)
            }
            #expect(try store.readBlob(image.id).count > 0, "\(context)")
            #expect(try store.readBlob(image.manifestDigest).count > 0, "\(context)")
            for layer in try store.layers(of: image.id) {
                #expect(try store.readBlob(layer.blob).count > 0, "\(context)")
            }
            for name in image.references { #expect(try store.resolve(name.canonical).id == image.id, "\(context)") }
        }
    }

    private func remove(_ name: String, from store: ImageStore) throws {
        do { _ = try store.remove(name) } catch StoreError.noSuchImage {}
    }

    @Test func `pull: the tag names the old or the new image, whole`() throws {
        let steps = try matrix { store in
            try new.pull(into: store, as: "app:1")
        } prepare: { store in
            try old.pull(into: store, as: "app:1")
        } check: { store, _ in
            let id = try store.resolve("app:1").id
            #expect([old.id, new.id].contains(id))
        }
        #expect(steps > 20)
    }

    @Test func `load: all images of an archive are there or none`() throws {
        let names = ["app:1", "app:2"]
        let steps = try matrix { store in
            try SampleImage.load([old, new], into: store, as: names)
        } prepare: { store in
            try old.pull(into: store, as: "app:0")
        } check: { store, home in
            let found = try names.filter { try store.find($0) != nil }
            #expect(found == [] || found == names)
            try store.sweep()
            #expect(try home.names("ingest") == [])
        }
        #expect(steps > 20)
    }

    @Test func `rmi: the image is there or gone, and its files are gone after a sweep`() throws {
        try matrix { store in
            try remove("app:2", from: store)
            try remove("app:1", from: store)
            try old.pull(into: store, as: "app:1")
        } prepare: { store in
            try old.pull(into: store, as: "app:1")
            try new.pull(into: store, as: "app:2")
        } check: { store, _ in
            try store.sweep()
        }
    }

    @Test func `a batch of removals and a prune leave whole images only`() throws {
        try matrix { store in
            try store.batch {
                try remove("app:1", from: store)
                try remove("app:2", from: store)
            }
            try new.pull(into: store, as: "app:3")
            var policy = PrunePolicy()
            policy.onlyDangling = false
            _ = try store.prune(policy)
        } prepare: { store in
            try old.pull(into: store, as: "app:1")
            try new.pull(into: store, as: "app:2")
        } check: { _, _ in
        }
    }

    @Test func `tag, untag and containers are all or nothing`() throws {
        let id = String(repeating: "c", count: 64)
        try matrix { store in
            try store.tag(image: old.id, as: try Reference(normalizing: "other:1"))
            try store.untag(try Reference(normalizing: "other:1"))
            _ = try store.removeContainer(id)
            try store.insert(
                ContainerRecord(
                    id: id, name: "c", imageID: old.id, chainIDs: old.chainIDs, created: Timestamp(unixSeconds: 1)
                )
            )
        } prepare: { store in
            try old.pull(into: store, as: "app:1")
        } check: { store, _ in
            let containers = try store.containers()
            #expect(containers.allSatisfy { $0.chainIDs == old.chainIDs })
        }
    }

    @Test func `a store whose creation was killed is created by the next command`() throws {
        for step in 1...100 {
            let home = TemporaryStore()
            let plan = FaultPlan(at: step)
            let isThrough = (try? home.open { $0.files = plan.files }) != nil
            try old.pull(into: home.open(), as: "app:1")
            #expect(try home.open().resolve("app:1").id == old.id)
            if isThrough {
                #expect(step > 10)
                return
            }
        }
        Issue.record("never got through")
    }

    @Test func `index.json that a crash left old is rewritten by the next change`() throws {
        let home = TemporaryStore()
        try old.pull(into: home.open(), as: "app:1")
        let index = "\(home.root)/index.json"
        // Stop right before the rename of index.json.
        struct Stop: Error {}
        let store = try home.open {
            $0.files = FileOperations { step in
                if case .rename(_, let target) = step, target == index { throw Stop() }
            }
        }
        #expect(throws: Stop.self) { try store.tag(image: old.id, as: try Reference(normalizing: "other:1")) }
        #expect(try !home.text("index.json").contains("other:1"))
        try home.open().tag(image: old.id, as: try Reference(normalizing: "third:1"))
        #expect(try home.text("index.json").contains("other:1"))
    }
}
