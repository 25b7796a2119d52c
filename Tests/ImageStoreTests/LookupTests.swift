// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Foundation
import OCI
import Testing

@testable import ImageStore

@Suite struct LookupTests {
    let home = TemporaryStore()

    @Test func `a name that looks like hex beats the prefix of an ID`() throws {
        let store = try home.open()
        let first = SampleImage(["a"])
        let second = SampleImage(["b"])
        try first.pull(into: store, as: "app:1")
        try second.pull(into: store, as: "\(first.id.short):latest")
        #expect(try store.resolve(first.id.short).id == second.id)
        #expect(try store.resolve(String(first.id.hex.prefix(13))).id == first.id)
        #expect(try store.resolve("sha256:\(first.id.short)").id == first.id)
    }

    @Test func `a prefix of two images counts as not found`() throws {
        let store = try home.open()
        let images = (0..<17).map { SampleImage(["\($0)"]) }
        for image in images { try image.pull(into: store) }
        let starts = Dictionary(grouping: images) { $0.id.hex.prefix(1) }
        let shared = try #require(starts.first { $0.value.count > 1 })
        #expect(try store.find(String(shared.key)) == nil)
        for image in images { #expect(try store.find(image.id.hex)?.id == image.id) }
        for (start, only) in starts where only.count == 1 { #expect(try store.find(String(start))?.id == only[0].id) }
    }

    @Test func `the digest wins over the tag beside it`() throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        let other = SampleImage(["b"])
        try image.pull(into: store, as: "app@\(image.manifestDescriptor.digest)")
        try other.pull(into: store, as: "app:1")
        #expect(try store.resolve("app:1@\(image.manifestDescriptor.digest)").id == image.id)
        #expect(try store.find("app:1@\(other.manifestDescriptor.digest)") == nil)
    }

    @Test func `references of a repository leave out those of longer names`() throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        try image.pull(
            into: store, as: "app:2", "app:1", "app@\(image.manifestDescriptor.digest)", "app-x:1", "app/x:1",
            "localhost:5000/app:1"
        )
        let names = try store.references(in: try Repository(parsing: "docker.io/library/app")).map(\.reference.familiar)
        #expect(names == ["app:1", "app:2", "app@\(image.manifestDescriptor.digest)"])
    }

    @Test(arguments: [
        ("docker.io/library/alpine:3", "alpine:3", "alpine"),
        ("docker.io/library/a/b:1", "library/a/b:1", "library/a/b"),
        ("docker.io/user/app:1", "user/app:1", "user/app"),
        ("localhost:5000/app:1", "localhost:5000/app:1", "localhost:5000/app"),
        ("docker.io.example/library/a:1", "docker.io.example/library/a:1", "docker.io.example/library/a"),
    ])
    func `familiar names are cut as OCI cuts them`(canonical: String, familiar: String, repository: String) throws {
        let name = ImageReference(stored: canonical)
        #expect(name.familiar == familiar)
        #expect(name.familiarRepository == repository)
        #expect(try name.reference.familiar == familiar)
    }

    @Test func `config and manifest come back byte for byte`() throws {
        let store = try home.open()
        let image = SampleImage(["a", "b"], comment: "hi", labels: ["k": "v"])
        try image.pull(into: store, as: "app:1")
        let (config, document) = try store.config(of: image.id)
        #expect(document.bytes == image.config)
        #expect(config.comment == "hi")
        #expect(try store.manifest(of: image.id).document.bytes == image.manifest)
        let details = try store.details(of: image.id)
        #expect(details.layers.map(\.chainID) == image.chainIDs)
        #expect(details.layers.map(\.compressedSize) == image.layers.map { Int64($0.bytes.count) })
        #expect(details.summary.labels == ["k": "v"])
        #expect(details.lastTagged == nil)
        try store.tag(image: image.id, as: try Reference(normalizing: "other"))
        #expect(try store.details(of: image.id).lastTagged != nil)
    }

    @Test func `a tag of a name stands for what the name stands for`() throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        try image.pull(into: store, as: "app:1")
        let bytes = Array(
            """
            {"schemaVersion":2,"mediaType":"\(MediaType.ociIndex)","manifests":[]}
            """.utf8)
        let index = Descriptor(
            mediaType: .ociIndex, digest: SHA256Hasher.digest(of: bytes), size: Int64(bytes.count))
        let lease = try store.lease("test")
        try store.putBlob(bytes, digest: index.digest, mediaType: .ociIndex, source: nil, lease: lease)
        let repository = try Reference(normalizing: "app").repository
        try store.addDigestReference(repository: repository, target: index, to: image.id)
        try store.tag("app@\(index.digest)", as: try Reference(normalizing: "copy:1"))
        try store.tag("copy:1", as: try Reference(normalizing: "copy:2"))
        #expect(try store.lookup(try Reference(normalizing: "copy:2"))?.target == index)
        try store.tag(image.id.short, as: try Reference(normalizing: "copy:2"))
        #expect(try store.lookup(try Reference(normalizing: "copy:2"))?.target == image.manifestDescriptor)
        let missing = #expect(throws: StoreError.self) {
            try store.tag("nosuch", as: try Reference(normalizing: "copy:3"))
        }
        #expect(missing?.description == "No such image: nosuch:latest")
    }

    @Test func `tags that docker refuses are refused in its words`() throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        try image.pull(into: store, as: "app:1")
        let ambiguous = #expect(throws: StoreError.self) {
            try store.tag(image: image.id, as: try Reference(normalizing: "sha256:abc"))
        }
        #expect(ambiguous?.description == "refusing to create an ambiguous tag using digest algorithm as name")
        let digest = #expect(throws: StoreError.self) {
            try store.tag(image: image.id, as: try Reference(normalizing: "app@\(image.id)"))
        }
        #expect(digest?.description == "refusing to create a tag with a digest reference")
    }
}
