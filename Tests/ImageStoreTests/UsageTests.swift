// SPDX-License-Identifier: Apache-2.0

import DockerFormat
import OCI
import Testing

@testable import ImageStore

@Suite struct UsageTests {
    let home = TemporaryStore()

    @Test func `shared layers are counted once, used images by what only they have`() throws {
        let store = try home.open()
        let base = SampleImage(layers: [.init("a", size: 1_000)])
        let app = SampleImage(layers: [.init("a", size: 1_000), .init("b", size: 30)])
        try base.pull(into: store, as: "base:1")
        try app.pull(into: store, as: "app:1")
        try store.insert(
            ContainerRecord(
                id: String(repeating: "a", count: 64), name: "c", imageID: app.id, created: Timestamp(unixSeconds: 1)
            )
        )
        let usage = try store.diskUsage()
        #expect(usage.imageCount == 2)
        #expect(usage.activeImageCount == 1)
        #expect(usage.layersSize == 1_030)
        #expect(usage.reclaimable == 1_000)
        let rows = try store.images(ListOptions(withUsage: true))
        #expect(rows.first { $0.id == app.id }?.sharedSize == 1_000)
        #expect(rows.first { $0.id == app.id }?.containers == 1)
        #expect(rows.first { $0.id == base.id }?.sharedSize == 1_000)
        #expect(rows.first { $0.id == base.id }?.containers == 0)
    }

    @Test func `untagged parents are not counted as images`() throws {
        let store = try home.open()
        let base = SampleImage(["a"])
        try base.pull(into: store)
        #expect(try store.diskUsage().imageCount == 1)
        try base.child("b").pull(into: store, as: "child:1")
        #expect(try store.diskUsage().imageCount == 1)
    }

    @Test func `labels come when asked for`() throws {
        let store = try home.open()
        try SampleImage(["a"], labels: ["k": "v"]).pull(into: store, as: "app:1")
        #expect(try store.images().first?.labels == nil)
        #expect(try store.images(ListOptions(withLabels: true)).first?.labels == ["k": "v"])
    }
}
