// SPDX-License-Identifier: Apache-2.0

import DockerFormat
import Foundation
import OCI
import Synchronization
import Testing

@testable import ImageStore

@Suite struct PruneTests {
    let home = TemporaryStore()

    private func day(_ number: Int) -> String { "2026-01-0\(number)T00:00:00Z" }

    private func policy(_ change: (inout PrunePolicy) throws -> Void) rethrows -> PrunePolicy {
        var policy = PrunePolicy()
        policy.onlyDangling = false
        try change(&policy)
        return policy
    }

    @Test func `without -a only images without a tag go, digest names included`() throws {
        let store = try home.open()
        let tagged = SampleImage(["a"])
        let dangling = SampleImage(["b"])
        let digestOnly = SampleImage(["c"])
        try tagged.pull(into: store, as: "app:1")
        try dangling.pull(into: store)
        let name = "app@\(digestOnly.manifestDescriptor.digest)"
        try digestOnly.pull(into: store, as: name)
        let report = try store.prune(PrunePolicy())
        #expect(
            Set(report.records) == [
                .deleted(dangling.id), .deleted(dangling.chainIDs[0]), .untagged(name), .deleted(digestOnly.id),
                .deleted(digestOnly.chainIDs[0]),
            ]
        )
        #expect(report.freed.layerBytes == 200)
        #expect(try store.images().map(\.id) == [tagged.id])
    }

    @Test func `a parent with children is neither dangling nor pruned before them`() throws {
        let store = try home.open()
        let base = SampleImage(["a"])
        let child = base.child("b")
        try base.pull(into: store)
        try child.pull(into: store, as: "child:1")
        #expect(try store.prune(PrunePolicy()).records == [])
        let all = try store.prune(policy { _ in })
        #expect(all.records.first == .untagged("child:1"))
        #expect(all.records.contains(.deleted(base.id)))
        #expect(try home.names("blobs/sha256") == [])
    }

    @Test func `containers and pins keep images, and the report says why`() throws {
        let store = try home.open()
        let used = SampleImage(["a"])
        let pinned = SampleImage(["b"])
        try used.pull(into: store, as: "used:1")
        try pinned.pull(into: store, as: "pinned:1")
        try store.setPinned(true, image: pinned.id)
        try store.insert(
            ContainerRecord(
                id: String(repeating: "a", count: 64), name: "c", imageID: used.id, created: Timestamp(unixSeconds: 1)
            )
        )
        let report = try store.prune(policy { _ in })
        #expect(report.records == [])
        let reasons = Dictionary(uniqueKeysWithValues: report.decisions.map { ($0.imageID, $0.reason) })
        #expect(reasons[pinned.id] == .pinned)
        guard case .conflict(let text)? = reasons[used.id] else {
            Issue.record("not a conflict")
            return
        }
        #expect(text.contains("container aaaaaaaaaaaa is using its referenced image"))
    }

    @Test func `keep leaves the newest tags of each repository`() throws {
        let store = try home.open()
        for number in 1...4 {
            try SampleImage(["\(number)"], created: day(number)).pull(into: store, as: "app:\(number)")
        }
        try SampleImage(["x"], created: day(1)).pull(into: store, as: "other:1")
        let report = try store.prune(policy { $0.keepPerRepository = 2 })
        #expect(
            report.records.filter { if case .untagged = $0 { true } else { false } } == [
                .untagged("app:1"), .untagged("app:2"),
            ])
        #expect(try store.images().flatMap(\.references).map(\.familiar) == ["app:4", "app:3", "other:1"])
    }

    @Test func `patterns choose and except, until and labels filter`() throws {
        let store = try home.open()
        try SampleImage(["1"], created: day(1), labels: ["ci": "yes"]).pull(into: store, as: "ci/app:1")
        try SampleImage(["2"], created: day(2)).pull(into: store, as: "ci/app:keep")
        try SampleImage(["3"], created: day(5)).pull(into: store, as: "ci/new:1")
        try SampleImage(["4"], created: day(1)).pull(into: store, as: "prod:1")
        let chosen = try policy {
            $0.references = [try GlobPattern("ci/*")]
            $0.exceptions = [try GlobPattern("*/*:keep")]
            $0.createdBefore = try Timestamp(rfc3339: day(3))
        }
        #expect(try store.prune(chosen, isDryRun: true).records.first == .untagged("ci/app:1"))
        #expect(try store.prune(policy { $0.labels = ["ci=no"] }).records == [])
        let unlabelled = try policy {
            $0.excludedLabels = ["ci"]
            $0.references = [try GlobPattern("ci/app")]
        }
        #expect(try store.prune(unlabelled, isDryRun: true).records.first == .untagged("ci/app:keep"))
        #expect(try store.prune(chosen).records.count == 3)
        #expect(try store.images().count == 3)
    }

    @Test func `a size limit removes the least recently used, and no more than needed`() throws {
        let store = try home.open()
        let images = (0..<4).map { SampleImage(layers: [.init("layer \($0)", size: 100)], created: day(1)) }
        for (number, image) in images.enumerated() {
            try image.pull(into: store, as: "app:\(number)")
            store.setLastUse(of: image.id, Timestamp(unixSeconds: 1_000 + Int64(number)))
        }
        store.touch(image: images[0].id)
        let total = try store.reading { try $0.blobBytes() }
        let report = try store.prune(policy { $0.maximumSize = total - 1 })
        #expect(report.records.first == .untagged("app:1"))
        #expect(try store.images().count == 3)
        #expect(try store.reading { try $0.blobBytes() } == total - report.freed.diskBytes)
    }

    @Test func `unused images go by their last use`() throws {
        let store = try home.open()
        let old = SampleImage(["a"])
        try old.pull(into: store, as: "old:1")
        store.setLastUse(of: old.id, Timestamp(unixSeconds: 1_000))
        try SampleImage(["b"]).pull(into: store, as: "new:1")
        let report = try store.prune(policy { $0.unusedSince = 1_500 })
        #expect(report.records.first == .untagged("old:1"))
        #expect(try store.images().count == 1)
    }

    @Test func `a use is noted without a change of the catalog, and never fails`() throws {
        let steps = Mutex<[FileStep]>([])
        let image = SampleImage(["a"])
        try image.pull(into: home.open(), as: "app:1")
        let store = try home.open {
            $0.now = { Timestamp(unixSeconds: 2_000, nanosecond: 5) }
            $0.files = FileOperations { step in steps.withLock { $0.append(step) } }
        }
        store.setLastUse(of: image.id, Timestamp(unixSeconds: 1_000))
        store.touch(image: image.id)
        #expect(store.lastUse(of: image.id) == Timestamp(unixSeconds: 2_000, nanosecond: 5))
        store.touch(image: SampleImage(["other"]).id)
        store.close()
        store.touch(image: image.id)
        #expect(steps.withLock { $0 }.isEmpty)
    }

    @Test func `what protects an image for its use notes the use, and so does a new name`() throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        let longAgo = Timestamp(unixSeconds: 1_000)
        try image.pull(into: store, as: "app:1")
        store.setLastUse(of: image.id, longAgo)
        let lease = try store.readingLease("save")
        try lease.protect(image: image.id, in: store)
        #expect(store.lastUse(of: image.id) > longAgo)
        store.setLastUse(of: image.id, longAgo)
        try store.tag(image: image.id, as: Reference(normalizing: "app:2"))
        #expect(store.lastUse(of: image.id) > longAgo)
    }

    @Test func `two prunes at once are refused as docker refuses them`() throws {
        let store = try home.open()
        let lock = try FileLock.attempt(store.layout.pruneLock, .exclusive, files: FileOperations())
        let error = #expect(throws: StoreError.self) { try store.prune(PrunePolicy()) }
        #expect(error?.description == "a prune operation is already running")
        _ = consume lock
    }

    @Test func `a sweep clears orphans and old partials but nothing that is needed`() throws {
        nonisolated(unsafe) var clock = Timestamp.now().unixSeconds
        let store = try home.open { $0.now = { Timestamp(unixSeconds: clock) } }
        let image = SampleImage(["a"])
        try image.pull(into: store, as: "app:1")
        let lease = try store.lease("interrupted")
        let orphan = SampleImage.Layer("orphan")
        try orphan.fetch(into: store, lease)
        let partial = SampleImage.Layer("partial")
        guard case .owner(let ingest) = try store.acquire(partial.descriptor.digest, size: 100, lease: lease) else {
            Issue.record("not the owner")
            return
        }
        try partial.bytes.withUnsafeBytes { try ingest.append($0) }
        clock += 30 * 24 * 3600
        #expect(try store.sweep() == SweepReport())
        ingest.suspend()
        lease.release()
        clock -= 30 * 24 * 3600
        #expect(try store.sweep() == SweepReport())
        clock += 30 * 24 * 3600
        let report = try store.sweep()
        #expect(report.blobs == 1)
        #expect(report.partials == 1)
        #expect(report.bytes == Int64(orphan.bytes.count + partial.bytes.count))
        #expect(try home.names("ingest") == [])
        #expect(try home.names("blobs/sha256") == image.blobDigests.map(\.hex).sorted())
    }
}
