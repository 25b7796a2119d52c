// SPDX-License-Identifier: Apache-2.0

import Foundation
import OCI
import Testing

@testable import ImageStore

@Suite struct LeaseTests {
    let home = TemporaryStore()

    @Test func `what a dead process had leased is free, what a live one has is not`() throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        let plan = FaultPlan(at: .max)
        do {
            let other = try home.open { $0.files = plan.files }
            let lease = try other.lease("killed")
            try image.layers[0].fetch(into: other, lease)
            plan.die()
        }
        #expect(try home.names("leases").count == 1)
        let live = try store.lease("live")
        let other = SampleImage.Layer("other")
        try other.fetch(into: store, live)
        let swept = try store.collect(
            blobs: [image.layers[0].descriptor.digest, other.descriptor.digest], trees: [Digest]()
        )
        #expect(swept.blobs == 1)
        #expect(try home.names("leases").count == 1)
        #expect(try home.names("blobs/sha256") == [other.descriptor.digest.hex])
    }

    @Test func `an image that is gone cannot be leased`() throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        let lease = try store.lease("run")
        #expect(throws: StoreError.noSuchImage(image.id.description)) { try lease.protect(image: image.id, in: store) }
    }

    @Test func `a released lease protects nothing more and says so`() throws {
        let store = try home.open()
        let lease = try store.lease("x")
        lease.release()
        #expect(try home.names("leases") == [])
        #expect(throws: StoreError.self) { try lease.protect([SampleImage(["a"]).id]) }
    }

    @Test func `a container cannot be made from an image that was removed first`() throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        try image.pull(into: store, as: "app:1")
        _ = try store.remove("app:1")
        #expect(throws: StoreError.noSuchImage(image.id.description)) {
            try store.insert(
                ContainerRecord(id: String(repeating: "a", count: 64), name: "c", imageID: image.id, created: .now())
            )
        }
    }

    @Test func `pulls and removals of shared layers at once leave whole images`() async throws {
        let images = (0..<6).map { SampleImage(["shared", "base \($0 % 2)", "own \($0)"]) }
        try await withThrowingTaskGroup { group in
            for (number, image) in images.enumerated() {
                group.addTask {
                    let store = try home.open { $0.lockTimeout = .seconds(60) }
                    for _ in 0..<5 {
                        try pullPatiently(image, store, number)
                        _ = try store.remove("app:\(number)")
                    }
                    try pullPatiently(image, store, number)
                }
            }
            try await group.waitForAll()
        }
        let report = try home.open().check(deep: true)
        #expect(report.isSound)
        #expect(report.orphans.isEmpty)
        #expect(try home.open().images().count == 6)
    }

    /// A layer that another one is fetching is waited for, as the pull operation does.
    private func pullPatiently(_ image: SampleImage, _ store: ImageStore, _ number: Int) throws {
        while true {
            do {
                try image.pull(into: store, as: "app:\(number)")
                return
            } catch StoreError.blobMissing {
                usleep(1_000)
            }
        }
    }
}
