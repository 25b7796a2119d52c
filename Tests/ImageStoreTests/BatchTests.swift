// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Foundation
import OCI
import Synchronization
import Testing

@testable import ImageStore

@Suite struct BatchTests {
    private let home = TemporaryStore()
    private let images = (0..<20).map { SampleImage(["shared", "layer \($0)"]) }

    private func names(_ images: [SampleImage]) -> [String] { images.indices.map { "app:\($0)" } }

    @Test func `images of a batch are published together, with barriers that don't grow with their number`() throws {
        let syncs = Mutex<[String]>([])
        try home.open().close()
        let store = try home.open {
            $0.files = FileOperations { step in
                if case .sync(let path) = step { syncs.withLock { $0.append(path) } }
            }
        }
        let outcomes = try SampleImage.load(images, into: store, as: names(images))
        #expect(outcomes.map(\.imageID) == images.map(\.id))
        #expect(outcomes.allSatisfy { $0.isNew && $0.changes.map(\.kind) == [.created] })
        #expect(syncs.withLock { $0.count } == 4, "files, their directory, index.json and its directory")
        for (image, name) in zip(images, names(images)) {
            #expect(try store.resolve(name).id == image.id)
            #expect(try store.readBlob(image.id) == image.config)
        }
        #expect(try store.check(deep: true).isSound)
        #expect(try home.names("ingest") == [])
        #expect(try home.names("leases") == [])
        let mode = try FileManager.default.attributesOfItem(atPath: store.blobPath(images[0].id))[.posixPermissions]
        #expect(mode as? Int == 0o444)
    }

    @Test func `what the store has is not written again, except where it is damaged`() throws {
        let store = try home.open()
        let image = images[0]
        try image.pull(into: store, as: "app:0")
        let damaged = store.blobPath(image.layers[0].descriptor.digest)
        chmod(damaged, 0o600)
        try Data([UInt8](repeating: 0, count: image.layers[0].bytes.count)).write(to: URL(fileURLWithPath: damaged))
        #expect(throws: StoreError.self) { try store.readBlob(image.layers[0].descriptor.digest) }
        let config = try FileManager.default.attributesOfItem(atPath: store.blobPath(image.id))[.systemFileNumber]
        let outcome = try SampleImage.load([image], into: store, as: ["app:0"])
        #expect(outcome.map(\.isNew) == [false])
        #expect(try store.readBlob(image.layers[0].descriptor.digest) == image.layers[0].bytes)
        let now = try FileManager.default.attributesOfItem(atPath: store.blobPath(image.id))[.systemFileNumber]
        #expect(now as? Int == config as? Int)
        #expect(try store.check(deep: true).isSound)
    }

    @Test func `a batch with one image that is refused publishes none`() throws {
        let store = try home.open()
        let lease = try store.lease("load")
        let batch = try store.blobBatch(lease: lease)
        try images[0].add(to: batch)
        var other = try images[1].publication(as: "app:1")
        other.layers.removeLast()
        #expect(throws: StoreError.layerCount(manifest: 1, config: 2)) {
            try batch.publish([images[0].publication(as: "app:0"), other])
        }
        #expect(throws: StoreError.self) {
            try batch.publish([images[0].publication(as: "app:0"), images[1].publication(as: "app:1")])
        }
        #expect(try store.images() == [])
        #expect(throws: StoreError.self) { try batch.add([1, 2, 3], digest: images[2].id, mediaType: .ociConfig) }
    }

    @Test func `a batch that is dropped leaves nothing, and a sweep takes what a killed one left`() throws {
        let store = try home.open()
        let lease = try store.lease("load")
        do {
            let batch = try store.blobBatch(lease: lease)
            try images[0].add(to: batch)
            #expect(try home.names("ingest").count == 1)
            let other = try home.open()
            _ = try other.sweep()
            #expect(try home.names("ingest").count == 1, "its writer lives")
        }
        #expect(try home.names("ingest") == [])
        let plan = FaultPlan(at: .max)
        let killed = try home.open { $0.files = plan.files }
        let batch = try killed.blobBatch(lease: try killed.lease("load"))
        try images[1].add(to: batch)
        plan.die()
        _ = consume batch
        #expect(try home.names("ingest").count == 1)
        #expect(try home.open().sweep().bytes > 0)
        #expect(try home.names("ingest") == [])
    }
}

extension SampleImage {
    /// Brings images in as a load does.
    @discardableResult
    static func load(_ images: [SampleImage], into store: ImageStore, as names: [String]) throws -> [PublishOutcome] {
        let lease = try store.lease("load")
        defer { lease.release() }
        let batch = try store.blobBatch(lease: lease)
        for image in images { try image.add(to: batch) }
        return try batch.publish(zip(images, names).map { try $0.publication(as: $1) })
    }

    func add(to batch: BlobBatch) throws {
        for layer in layers {
            var writer = try batch.writer()
            try layer.bytes.withUnsafeBytes { try writer.append($0) }
            batch.add(writer.finish(), mediaType: layer.descriptor.mediaType, facts: layer.facts)
        }
        try batch.add(config, digest: id, mediaType: .ociConfig)
        try batch.add(manifest, digest: manifestDescriptor.digest, mediaType: .ociManifest)
    }

    func publication(as name: String) throws -> Publication {
        Publication(
            manifest: manifestDescriptor, config: try ImageConfig(parsing: config), configDescriptor: configDescriptor,
            layers: layers.map { PublishedLayer(blob: $0.descriptor, facts: $0.facts) },
            references: [NewReference(try Reference(normalizing: name), target: manifestDescriptor)], origin: .loaded)
    }
}
