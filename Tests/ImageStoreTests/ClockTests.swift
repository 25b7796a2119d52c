// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import DockerFormat
import OCI
import Synchronization
import Testing

@testable import ImageStore

/// A clock that jumps back must cost nothing but the age of things.
@Suite struct ClockTests {
    private let home = TemporaryStore()
    private let image = SampleImage(["a"])
    private static let past = Timestamp(unixSeconds: 86_400)

    private func store(at time: Timestamp) throws -> ImageStore { try home.open { $0.now = { time } } }

    @Test func `an earlier clock takes no use back`() throws {
        let now = Timestamp.now()
        try image.pull(into: store(at: now), as: "app:1")
        try store(at: now).touch(image: image.id)
        try store(at: Self.past).touch(image: image.id)
        #expect(try home.open().lastUse(of: image.id) >= now)
    }

    @Test func `a sweep with an earlier clock deletes nothing that a later one would keep`() throws {
        let lease = try home.open().lease("interrupted")
        let layer = SampleImage.Layer("orphan")
        try layer.fetch(into: home.open(), lease)
        lease.release()
        let past = try store(at: Self.past)
        #expect(try past.sweep().blobs == 0)
        #expect(try past.hasBlob(layer.descriptor.digest))
        try image.pull(into: past, as: "app:1")
        #expect(try home.open().check(deep: true).isSound)
    }

    @Test func `a lease holds whatever the clock says`() throws {
        let lease = try store(at: Timestamp.now()).lease("pull")
        let layer = SampleImage.Layer("leased")
        try layer.fetch(into: home.open(), lease)
        let late = try store(at: Timestamp(unixSeconds: 9_000_000_000))
        #expect(try late.sweep().blobs == 0)
        #expect(try late.hasBlob(layer.descriptor.digest))
        lease.release()
        #expect(try late.sweep().blobs == 1)
    }

    @Test func `ages in a prune are those of the images, and a future one is not old`() throws {
        let store = try store(at: Self.past)
        try image.pull(into: store, as: "app:1")
        var policy = PrunePolicy()
        policy.onlyDangling = false
        policy.createdBefore = Self.past
        #expect(try store.prune(policy).records.isEmpty)
        policy.createdBefore = nil
        policy.unusedSince = Self.past.unixSeconds - 3600
        #expect(try store.prune(policy).records.isEmpty)
        #expect(try store.find("app:1") != nil)
    }
}
