// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import OCI
import Testing

@testable import ImageStore

/// Blobs that several connections fill at once, in any order.
struct SparseIngestTests {
    private let home = TemporaryStore()
    private let content = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 9) }
    private var digest: Digest { SHA256Hasher.digest(of: content) }

    private func owner(_ store: ImageStore, _ lease: Lease) throws -> Ingest {
        guard case .owner(let ingest) = try store.acquire(digest, size: Int64(content.count), lease: lease) else {
            throw StoreError.blobMissing(digest)
        }
        return ingest
    }

    private func write(_ range: Range<Int>, to ingest: Ingest) throws {
        try content[range].withUnsafeBytes { try ingest.write($0, at: Int64(range.lowerBound)) }
    }

    private func append(_ range: Range<Int>, to ingest: Ingest) throws {
        try content[range].withUnsafeBytes { try ingest.append($0) }
    }

    /// - Returns: the bytes that had no gap before them.
    @discardableResult
    private func advance(_ ingest: Ingest) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 100_000)
        while true {
            let count = try piece.withUnsafeMutableBytes { try ingest.advance(into: $0) }
            if count == 0 { return bytes }
            bytes += piece[..<count]
        }
    }

    @Test func `parts in any order are hashed in the right one`() throws {
        let store = try home.open()
        let lease = try store.lease("test")
        let ingest = try owner(store, lease)
        var hashed: [UInt8] = []
        for start in [2_000_000, 1_000_000, 0, 2_500_000, 500_000, 1_500_000] {
            try write(start..<start + 500_000, to: ingest)
            hashed += try advance(ingest)
        }
        #expect(hashed == content)
        #expect(ingest.gaps == [])
        try ingest.commit(mediaType: .ociLayer)
        #expect(try store.readBlob(digest) == content)
        #expect(try home.names("ingest") == [])
    }

    @Test func `a killed download knows its gaps`() throws {
        let plan = FaultPlan(at: .max)
        do {
            let store = try home.open { $0.files = plan.files }
            let lease = try store.lease("killed")
            let ingest = try owner(store, lease)
            try append(0..<200_000, to: ingest)
            // Saves the state at a million bytes; what comes after it is lost.
            try write(1_000_000..<2_100_000, to: ingest)
            try write(2_500_000..<2_600_000, to: ingest)
            plan.die()
        }
        let store = try home.open()
        let lease = try store.lease("again")
        let ingest = try owner(store, lease)
        #expect(ingest.frontier == 200_000)
        #expect(ingest.gaps == [200_000..<1_000_000, 2_100_000..<3_000_000])
        #expect(ingest.received == 1_300_000)
        try write(200_000..<1_000_000, to: ingest)
        try write(2_100_000..<3_000_000, to: ingest)
        try advance(ingest)
        try ingest.commit(mediaType: .ociLayer)
        #expect(try store.readBlob(digest) == content)
    }

    @Test func `a hole is never taken for content`() throws {
        let plan = FaultPlan(at: .max)
        do {
            let store = try home.open { $0.files = plan.files }
            let lease = try store.lease("killed")
            let ingest = try owner(store, lease)
            // Too little for a state of its own: only the mark that the file is sparse is there.
            try write(2_900_000..<3_000_000, to: ingest)
            plan.die()
        }
        let store = try home.open()
        #expect(store.progress(of: digest) == 3_000_000)
        let lease = try store.lease("again")
        let ingest = try owner(store, lease)
        #expect(ingest.frontier == 0)
        #expect(ingest.gaps == [0..<3_000_000])
    }

    @Test func `one stream may finish what several began`() throws {
        let store = try home.open()
        do {
            let lease = try store.lease("first")
            let ingest = try owner(store, lease)
            try append(0..<100, to: ingest)
            try write(1_000_000..<2_000_000, to: ingest)
            try ingest.flatten()
            #expect(ingest.gaps == [100..<3_000_000])
            #expect(store.progress(of: digest) == 100)
            try append(100..<500_000, to: ingest)
            ingest.suspend()
        }
        let lease = try store.lease("second")
        let ingest = try owner(store, lease)
        #expect(ingest.frontier == 500_000)
        try append(500_000..<3_000_000, to: ingest)
        try ingest.commit(mediaType: .ociLayer)
        #expect(try store.readBlob(digest) == content)
    }

    @Test func `bytes outside of the blob or behind the frontier are refused`() throws {
        let store = try home.open()
        let lease = try store.lease("test")
        let ingest = try owner(store, lease)
        try append(0..<1000, to: ingest)
        #expect(throws: StoreError.self) { try write(500..<1500, to: ingest) }
        let extra = [UInt8](repeating: 0, count: 2)
        #expect(throws: StoreError.self) { try extra.withUnsafeBytes { try ingest.write($0, at: 2_999_999) } }
        #expect(throws: StoreError.self) { try ingest.commit(mediaType: .ociLayer) }
    }

    @Test func `a state says what it knows`() throws {
        let store = try home.open()
        let lease = try store.lease("test")
        let ingest = try owner(store, lease)
        try write(1_000_000..<2_000_000, to: ingest)
        try write(2_100_000..<2_200_000, to: ingest)
        ingest.suspend()
        let file = try OwnedFD(opening: "\(home.root)/ingest/\(digest.hex).partial", flags: 0)
        let loaded = IngestState.load("\(home.root)/ingest/\(digest.hex).state", for: file)
        let state = try #require(loaded)
        #expect(state.isSparse)
        #expect(state.ahead.ranges == [1_000_000..<2_000_000, 2_100_000..<2_200_000])
        var bytes = state.serialized
        #expect(IngestState(serialized: bytes) == state)
        for length in 0..<bytes.count { #expect(IngestState(serialized: Array(bytes[..<length])) == nil) }
        bytes[40] ^= 1
        #expect(IngestState(serialized: bytes) == nil)
    }
}
