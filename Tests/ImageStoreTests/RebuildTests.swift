// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import DockerFormat
import Foundation
import OCI
import Synchronization
import Testing

@testable import ImageStore

/// What is left of an image whose catalog is gone, and of its blobs, too.
@Suite struct RebuildTests {
    let home = TemporaryStore()
    let image = RealImage(files: ["a": "hello"]).sample

    private func loseCatalog() {
        for suffix in ["", "-wal", "-shm"] { unlink("\(home.root)/catalog.db\(suffix)") }
    }

    private func put(_ bytes: [UInt8], _ descriptor: Descriptor, into store: ImageStore, _ lease: Lease) throws {
        try store.putBlob(bytes, digest: descriptor.digest, mediaType: descriptor.mediaType, lease: lease)
    }

    @Test func `index.json says where an image came from, and a rebuild knows it again`() throws {
        try image.pull(into: home.open(), as: "app:1")
        #expect(
            try home.text("index.json").contains(
                #""containerd.io/distribution.source.docker.io":"library/sample""#))
        loseCatalog()
        let (store, _) = try ImageStore.rebuild(root: home.root)
        let sources = [BlobSource(host: "docker.io", repository: "library/sample")]
        for blob in image.blobDigests { #expect(try store.blob(blob)?.sources == sources) }
        #expect(try store.resolve("app:1").origin == .pulled)
    }

    @Test func `the sources of several registries stand in the order of their hosts`() throws {
        let store = try home.open()
        try image.pull(into: store, as: "app:1")
        for (host, repository) in [("z.io", "a"), ("docker.io", "b/c"), ("docker.io", "a,b")] {
            try store.addSource(BlobSource(host: host, repository: repository), to: image.manifestDescriptor.digest)
        }
        // Noted after the image: the index is behind, which is no defect, until the next change writes it.
        let report = try store.check(deep: false)
        #expect(report.isIndexBehind && report.isSound)
        try store.tag(image: image.id, as: Reference(normalizing: "app:2"))
        let entries = try OCIIndexReader.entries(Array(home.text("index.json").utf8))
        #expect(
            entries.map { $0.sources.map { "\($0.host) \($0.repository)" } }
                == Array(
                    repeating: ["docker.io a", "docker.io b", "docker.io b/c", "docker.io library/sample", "z.io a"],
                    count: 2))
    }

    @Test(arguments: [0, 1, 2], [false, true])
    func `an image with a lost or damaged blob stays in index.json until the blob is back`(
        _ position: Int, _ isDamaged: Bool
    ) throws {
        try image.pull(into: home.open(), as: "app:1", "other:1")
        let index = try home.text("index.json")
        let lost = [image.manifestDescriptor, image.configDescriptor, image.layers[0].descriptor][position]
        let bytes = [image.manifest, image.config, image.layers[0].bytes][position]
        let path = "\(home.root)/blobs/sha256/\(lost.digest.hex)"
        unlink(path)
        if isDamaged { try Data(count: bytes.count).write(to: URL(fileURLWithPath: path)) }
        loseCatalog()
        let (store, report) = try ImageStore.rebuild(root: home.root)
        #expect(report.losses.map(\.missing) == [lost, lost])
        let sources = [BlobSource(host: "docker.io", repository: "library/sample")]
        #expect(report.losses.allSatisfy { $0.image.sources == sources })
        #expect(try home.text("index.json") == index)
        // Neither a repair of what else is wrong nor a sweep takes the blobs that are left.
        var policy = SweepPolicy()
        policy.orphanAge = .zero
        try store.sweep(policy)
        let check = try store.check(deep: false)
        #expect(!check.isSound)
        #expect(check.lost.map(\.name) == ["docker.io/library/app:1", "docker.io/library/other:1"])
        _ = try store.repair(check)
        #expect(try home.text("index.json") == index)

        let lease = try store.lease("fetch")
        if position == 2 {
            try image.layers[0].fetch(into: store, lease)
        } else {
            try put(bytes, lost, into: store, lease)
        }
        #expect(try store.restoreLostImages().isEmpty)
        #expect(try store.resolve("other:1").id == image.id)
        #expect(try store.check(deep: true).isSound)
        #expect(try home.text("index.json") == index)
    }

    @Test func `a rebuild that is killed forgets nothing`() throws {
        struct Kill: Error {}
        try image.pull(into: home.open(), as: "app:1")
        try SampleImage(["no archive"]).pull(into: home.open(), as: "lost:1")
        loseCatalog()
        var options = StoreOptions()
        let commits = Mutex(0)
        options.files = FileOperations { step in
            // The catalog is there; its first image isn't, and nothing happens any more.
            if case .commit = step { commits.withLock { $0 += 1 } }
            if commits.withLock({ $0 }) > 1 { throw Kill() }
        }
        _ = try? ImageStore.rebuild(root: home.root, options: options)
        // Whatever changes the store next writes index.json.
        let store = try home.open()
        try SampleImage(["c"]).pull(into: store, as: "new:1")
        #expect(try store.lostImages().map(\.name) == ["docker.io/library/app:1", "docker.io/library/lost:1"])
        #expect(try store.restoreLostImages().map(\.image.name) == ["docker.io/library/lost:1"])
        #expect(try store.resolve("app:1").id == image.id)
        #expect(try home.text("index.json").contains("library/lost:1"))
    }

    @Test func `a lost name is taken off the list by a pull, a tag and untag`() throws {
        let names = ["a:1", "b:1", "c:1"]
        for name in names { try SampleImage([name]).pull(into: home.open(), as: name) }
        loseCatalog()
        let store = try ImageStore.rebuild(root: home.root).store
        #expect(try store.lostImages().count == 3)
        try image.pull(into: store, as: "a:1")
        try store.tag(image: image.id, as: Reference(normalizing: "b:1"))
        #expect(try store.lostImages().map(\.name) == ["docker.io/library/c:1"])
        #expect(try store.untag(Reference(normalizing: "c:1")))
        #expect(try !store.untag(Reference(normalizing: "c:1")))
        #expect(try store.lostImages().isEmpty)
        #expect(try !home.text("index.json").contains("c:1"))
    }

    @Test func `what is here of an image's other platforms stays with it`() throws {
        let store = try home.open()
        let arm = RealImage(files: ["arm": "64"]).sample
        let children = [arm, image].map {
            "{\"mediaType\":\"\(MediaType.ociManifest)\",\"digest\":\"\($0.manifestDescriptor.digest)\","
                + "\"size\":\($0.manifest.count)}"
        }
        let bytes = Array(
            """
            {"schemaVersion":2,"mediaType":"\(MediaType.ociIndex)","manifests":[\(children.joined(separator: ","))]}
            """.utf8)
        let index = Descriptor(mediaType: .ociIndex, digest: SHA256Hasher.digest(of: bytes), size: Int64(bytes.count))
        let lease = try store.lease("load")
        try put(bytes, index, into: store, lease)
        try arm.pull(into: store, as: "arm:1")
        try image.pull(into: store, as: "app:1")
        var publication = Publication(
            manifest: image.manifestDescriptor, config: try ImageConfig(parsing: image.config),
            configDescriptor: image.configDescriptor,
            layers: image.layers.map { PublishedLayer(blob: $0.descriptor, facts: $0.facts) }, index: index,
            references: [NewReference(try Reference(normalizing: "app:1"), target: index)], origin: .loaded)
        publication.related = [arm.manifestDescriptor, arm.configDescriptor, arm.layers[0].descriptor]
        _ = try store.publish(publication, lease: lease)
        _ = try store.remove("arm:1")
        lease.release()
        store.close()
        loseCatalog()
        let rebuilt = try ImageStore.rebuild(root: home.root).store
        #expect(try rebuilt.resolve("app:1").id == image.id)
        let report = try rebuilt.check(deep: true)
        #expect(report.isSound && report.orphans.isEmpty)
    }
}
