// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import DockerFormat
import Foundation
import OCI
import Synchronization
import Testing

@testable import ImageStore

@Suite struct PublishTests {
    let home = TemporaryStore()

    @Test func `a pulled image is found by name, ID and prefix, and listed with its names`() throws {
        let store = try home.open()
        let image = SampleImage(["a", "b"])
        let outcome = try image.pull(into: store, as: "alpine:3", "alpine@\(image.manifestDescriptor.digest)")
        #expect(outcome.isNew)
        #expect(outcome.imageID == image.id)
        #expect(outcome.changes.map(\.kind) == [.created, .created])

        for argument in [
            "alpine:3", "docker.io/library/alpine:3", image.id.hex, image.id.description, image.id.short,
            "sha256:\(image.id.short)",
        ] {
            #expect(try store.resolve(argument).id == image.id, "\(argument)")
        }
        let listed = try #require(try store.images().first)
        #expect(listed.references.map(\.familiar) == ["alpine:3", "alpine@\(image.manifestDescriptor.digest)"])
        #expect(listed.size == 200)
        #expect(listed.created == "2026-01-02T03:04:05Z")
        #expect(try home.names("ingest") == [])
        #expect(try home.names("leases") == [])
    }

    @Test func `pulling again changes nothing, and a moved tag tells where it was`() throws {
        let store = try home.open()
        let old = SampleImage(["a"])
        let new = SampleImage(["a", "b"])
        try old.pull(into: store, as: "app")
        let again = try old.pull(into: store, as: "app")
        #expect(!again.isNew)
        #expect(again.changes.map(\.kind) == [.unchanged])
        let moved = try new.pull(into: store, as: "app")
        #expect(moved.changes.map(\.kind) == [.moved(from: old.id)])
        #expect(try store.resolve("app:latest").id == new.id)
        #expect(try store.images().first { $0.id == old.id }?.references == [])
    }

    @Test func `index.json follows a name that moves between the manifest and the index of one image`() throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        try image.pull(into: store, as: "app:1")
        let bytes = Array(#"{"schemaVersion":2,"mediaType":"\#(MediaType.ociIndex)","manifests":[]}"#.utf8)
        let index = Descriptor(
            mediaType: .ociIndex, digest: SHA256Hasher.digest(of: bytes), size: Int64(bytes.count))
        let lease = try store.lease("test")
        try store.putBlob(bytes, digest: index.digest, mediaType: .ociIndex, lease: lease)
        var publication = Publication(
            manifest: image.manifestDescriptor, config: try ImageConfig(parsing: image.config),
            configDescriptor: image.configDescriptor,
            layers: image.layers.map { PublishedLayer(blob: $0.descriptor, facts: $0.facts) }, index: index,
            origin: .pulled)
        let name = try Reference(normalizing: "app:1")
        for target in [index, image.manifestDescriptor, index] {
            publication.references = [NewReference(name, target: target)]
            let outcome = try store.publish(publication, lease: lease)
            #expect(outcome.changes.map(\.kind) == [.unchanged], "it is the same image")
            let entries = try OCIIndexReader.entries(Array(home.text("index.json").utf8))
            #expect(entries.filter { $0.reference == "docker.io/library/app:1" }.map(\.digest) == [target.digest])
        }
    }

    @Test func `pulling what is there syncs nothing and commits nothing, and is a use`() throws {
        let image = SampleImage(["a", "b"])
        do { try image.pull(into: home.open(), as: "app") }
        let steps = Mutex<[FileStep]>([])
        let store = try home.open {
            $0.files = FileOperations { step in steps.withLock { $0.append(step) } }
        }
        store.setLastUse(of: image.id, Timestamp(unixSeconds: 1_000))
        try image.pull(into: store, as: "app")
        let isCheap = steps.withLock { steps in
            steps.allSatisfy { step in
                switch step {
                case .commit, .sync, .rename: false
                default: true
                }
            }
        }
        #expect(isCheap)
        #expect(store.lastUse(of: image.id) > Timestamp(unixSeconds: 1_000))
    }

    @Test func `an image without all its blobs is refused and nothing becomes visible`() throws {
        let store = try home.open()
        let image = SampleImage(["a", "b"])
        let lease = try store.lease("test")
        try image.layers[0].fetch(into: store, lease)
        let publication = Publication(
            manifest: image.manifestDescriptor, config: try ImageConfig(parsing: image.config),
            configDescriptor: image.configDescriptor,
            layers: image.layers.map { PublishedLayer(blob: $0.descriptor, facts: $0.facts) },
            references: [NewReference(try Reference(normalizing: "x:1"), target: image.manifestDescriptor)],
            origin: .pulled
        )
        #expect(throws: StoreError.blobMissing(image.manifestDescriptor.digest)) {
            try store.publish(publication, lease: lease)
        }
        #expect(try store.images().isEmpty)
        #expect(throws: StoreError.noSuchImage("x:1")) { try store.resolve("x:1") }
    }

    @Test func `diff IDs must be those of the config`() throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        let lease = try store.lease("test")
        let other = SampleImage.Layer("b")
        func publication(_ layers: [SampleImage.Layer]) throws -> Publication {
            Publication(
                manifest: image.manifestDescriptor, config: try ImageConfig(parsing: image.config),
                configDescriptor: image.configDescriptor,
                layers: layers.map { PublishedLayer(blob: $0.descriptor, facts: $0.facts) }, origin: .pulled
            )
        }
        #expect(throws: StoreError.layerCount(manifest: 0, config: 1)) {
            try store.publish(publication([]), lease: lease)
        }
        let expected = image.layers[0].facts.diffID
        #expect(throws: StoreError.diffIDMismatch(position: 0, expected: expected, actual: other.facts.diffID)) {
            try store.publish(publication([other]), lease: lease)
        }
    }

    @Test func `history has sizes, the image's ID on top and the local parents below`() throws {
        let store = try home.open()
        let base = SampleImage(
            ["a"], history: #"{"created_by":"ADD file"},{"created_by":"CMD","empty_layer":true}"#
        )
        try base.pull(into: store, as: "base:1")
        let child = base.child("b")
        try child.pull(into: store, as: "child:1")
        let rows = try store.history(of: base.id)
        #expect(rows.map(\.createdBy) == ["CMD", "ADD file"])
        #expect(rows.map(\.size) == [0, 100])
        #expect(rows.map(\.imageID) == [base.id, nil])
        let childRows = try store.history(of: child.id)
        #expect(childRows.map(\.imageID) == [child.id, base.id])
        #expect(childRows.map(\.tags) == [["child:1"], ["base:1"]])
    }

    @Test func `a history with more layers than there are is refused as docker does`() throws {
        let store = try home.open()
        let image = SampleImage(["a"], history: #"{"created_by":"one"},{"created_by":"two"}"#)
        let error = #expect(throws: StoreError.self) { try image.pull(into: store, as: "odd") }
        #expect(error?.description == "too many non-empty layers in History section")
    }
}
