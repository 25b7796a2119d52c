// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import Foundation
import OCI
import Testing

@testable import ImageStore

@Suite struct IngestTests {
    let home = TemporaryStore()

    private func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) }
    }

    private func owner(_ store: ImageStore, _ digest: Digest, _ size: Int, _ lease: Lease) throws -> Ingest {
        guard case .owner(let ingest) = try store.acquire(digest, size: Int64(size), lease: lease) else {
            throw StoreError.blobMissing(digest)
        }
        return ingest
    }

    private func append(_ bytes: some Collection<UInt8>, to ingest: Ingest) throws {
        for start in stride(from: 0, to: bytes.count, by: 1 << 20) {
            try Array(bytes.dropFirst(start).prefix(1 << 20)).withUnsafeBytes { try ingest.append($0) }
        }
    }

    @Test func `a blob arrives, is verified and can be read back`() throws {
        let store = try home.open()
        let content = bytes(100_000)
        let digest = SHA256Hasher.digest(of: content)
        let lease = try store.lease("test")
        let ingest = try owner(store, digest, content.count, lease)
        try append(content, to: ingest)
        #expect(store.progress(of: digest) == 100_000)
        try ingest.commit(mediaType: .ociLayer)
        #expect(try store.readBlob(digest) == content)
        #expect(try store.hasBlob(digest, size: 100_000))
        #expect(try !store.hasBlob(digest, size: 99_999))
        #expect(store.progress(of: digest) == nil)
        #expect(try home.names("ingest") == [])
    }

    @Test func `a killed download goes on from its saved state and keeps every byte`() throws {
        let content = bytes(20 << 20)
        let digest = SHA256Hasher.digest(of: content)
        let plan = FaultPlan(at: .max)
        do {
            let store = try home.open { $0.files = plan.files }
            let lease = try store.lease("killed")
            let ingest = try owner(store, digest, content.count, lease)
            try append(content.prefix(19 << 20), to: ingest)
            plan.die()
        }
        let state = try #require(
            IngestState(
                serialized: Array(try Data(contentsOf: URL(fileURLWithPath: "\(home.root)/ingest/\(digest.hex).state")))
            )
        )
        #expect(state.frontier == 16 << 20)

        let store = try home.open()
        let lease = try store.lease("again")
        let ingest = try owner(store, digest, content.count, lease)
        #expect(ingest.frontier == 19 << 20)
        var replayed: [UInt8] = []
        try ingest.replay { replayed += $0 }
        #expect(replayed == Array(content.prefix(19 << 20)))
        try append(content.dropFirst(19 << 20), to: ingest)
        try ingest.commit(mediaType: .ociLayer)
        #expect(try store.readBlob(digest, limit: .max) == content)
    }

    @Test func `an unusable state means hashing the partial again, not fetching it again`() throws {
        let content = bytes(3 << 20)
        let digest = SHA256Hasher.digest(of: content)
        let store = try home.open()
        let lease = try store.lease("test")
        let first = try owner(store, digest, content.count, lease)
        try append(content.prefix(2 << 20), to: first)
        first.suspend()
        try Data("nonsense".utf8).write(to: URL(fileURLWithPath: "\(home.root)/ingest/\(digest.hex).state"))
        let second = try owner(store, digest, content.count, lease)
        #expect(second.frontier == 2 << 20)
        try append(content.dropFirst(2 << 20), to: second)
        try second.commit(mediaType: .ociLayer)
        #expect(try store.hasBlob(digest))
    }

    @Test func `of several that want a blob one fetches it, and another takes over when it dies`() throws {
        let content = bytes(50_000)
        let digest = SHA256Hasher.digest(of: content)
        let (first, second) = (try home.open(), try home.open())
        let (firstLease, secondLease) = (try first.lease("1"), try second.lease("2"))
        let leader = try owner(first, digest, content.count, firstLease)
        try append(content.prefix(20_000), to: leader)
        guard case .busy(let holder, let received) = try second.acquire(digest, size: 50_000, lease: secondLease) else {
            Issue.record("not busy")
            return
        }
        #expect(holder?.pid == getpid())
        #expect(received == 20_000)
        leader.suspend()
        let heir = try owner(second, digest, content.count, secondLease)
        #expect(heir.frontier == 20_000)
        try append(content.dropFirst(20_000), to: heir)
        let facts = LayerFacts(diffID: digest, uncompressedSize: 50_000, size: 49_000)
        try heir.commit(mediaType: .ociLayer, facts: facts, source: BlobSource(host: "h", repository: "r"))
        guard case .present(let known) = try first.acquire(digest, size: 50_000, lease: firstLease) else {
            Issue.record("not present")
            return
        }
        #expect(known == facts)
        #expect(try first.layerBlobs(diffID: digest).map(\.digest) == [digest])
        #expect(try first.blob(digest)?.sources == [BlobSource(host: "h", repository: "r")])
    }

    @Test func `bytes beyond the promised size are refused, whatever the sender says`() throws {
        let store = try home.open()
        let content = bytes(10)
        let digest = SHA256Hasher.digest(of: content)
        let lease = try store.lease("test")
        let ingest = try owner(store, digest, 10, lease)
        #expect(throws: StoreError.tooLong(digest: digest, size: 10)) { try append(content + [0], to: ingest) }
        #expect(ingest.frontier == 0)
        #expect(throws: StoreError.invalidSize(digest: digest, size: -1)) {
            try store.acquire(digest, size: -1, lease: lease)
        }
    }

    @Test func `a short blob stays to be continued, a wrong one is thrown away`() throws {
        let store = try home.open()
        let content = bytes(10)
        let digest = SHA256Hasher.digest(of: content)
        let lease = try store.lease("test")
        let short = try owner(store, digest, 10, lease)
        try append(content.prefix(4), to: short)
        #expect(throws: StoreError.tooShort(digest: digest, size: 10, received: 4)) {
            try short.commit(mediaType: .ociLayer)
        }
        let wrong = try owner(store, digest, 10, lease)
        #expect(wrong.frontier == 4)
        try append([UInt8](repeating: 0, count: 6), to: wrong)
        #expect(throws: StoreError.self) { try wrong.commit(mediaType: .ociLayer) }
        #expect(try !store.hasBlob(digest))
        #expect(try owner(store, digest, 10, lease).frontier == 0)
    }

    @Test func `a server that cannot resume makes it start over`() throws {
        let store = try home.open()
        let content = bytes(10)
        let digest = SHA256Hasher.digest(of: content)
        let lease = try store.lease("test")
        let ingest = try owner(store, digest, 10, lease)
        try append([9, 9, 9], to: ingest)
        try ingest.restart()
        #expect(ingest.frontier == 0)
        try append(content, to: ingest)
        try ingest.commit(mediaType: .ociLayer)
        #expect(try store.readBlob(digest) == content)
    }

    @Test func `a damaged blob is noticed when it is read and then fetched again`() throws {
        let store = try home.open()
        let image = SampleImage(["a"])
        try image.pull(into: store, as: "app:1")
        let layer = image.layers[0]
        let path = store.blobPath(layer.descriptor.digest)
        chmod(path, 0o600)
        try Data([UInt8](repeating: 0, count: layer.bytes.count)).write(to: URL(fileURLWithPath: path))
        #expect(throws: StoreError.blobDamaged(layer.descriptor.digest)) {
            try store.readBlob(layer.descriptor.digest)
        }
        #expect(try !store.hasBlob(layer.descriptor.digest))
        try image.pull(into: store, as: "app:1")
        #expect(try store.readBlob(layer.descriptor.digest) == layer.bytes)
    }

    @Test func `a blob of unknown digest gets its name at the end, or leaves nothing`() throws {
        let store = try home.open()
        let lease = try store.lease("commit")
        let content = bytes(1_000)
        do {
            let blob = try store.stagingBlob(lease: lease)
            try content.withUnsafeBytes { try blob.append($0) }
            #expect(try blob.commit(mediaType: .ociLayer) == SHA256Hasher.digest(of: content))
            let dropped = try store.stagingBlob(lease: lease)
            try content.withUnsafeBytes { try dropped.append($0) }
        }
        #expect(try home.names("ingest") == [])
        #expect(try home.names("blobs/sha256") == [SHA256Hasher.digest(of: content).hex])
        #expect(throws: StoreError.self) {
            try store.putBlob(content, digest: SHA256Hasher.digest(of: []), mediaType: .ociConfig, lease: lease)
        }
    }

    @Test func `a full disk is an error with the file's name, and the download goes on afterwards`() throws {
        let content = bytes(1 << 20)
        let digest = SHA256Hasher.digest(of: content)
        var wasRefused = false
        for step in 1...20 {
            let plan = FaultPlan(at: step, .diskFull)
            do {
                let store = try home.open { $0.files = plan.files }
                let lease = try store.lease("test")
                let ingest = try owner(store, digest, content.count, lease)
                try append(content.dropFirst(Int(ingest.frontier)), to: ingest)
                try ingest.commit(mediaType: .ociLayer)
                break
            } catch StoreError.io(let error) {
                #expect(error.errno == ENOSPC)
                wasRefused = true
            }
        }
        #expect(wasRefused)
        #expect(try home.open().readBlob(digest) == content)
    }
}
