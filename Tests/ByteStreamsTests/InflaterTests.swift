// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ByteStreams

@Suite struct InflaterTests {
    static let steps = [1, 7, 512, 4096, 1 << 20]

    @Test func `compression is told from the first bytes`() {
        #expect(Compression.detect(Samples.gzip([])) == .gzip)
        #expect(Compression.detect(Samples.zstd([1])) == .zstd)
        #expect(Compression.detect([0x5A, 0x2A, 0x4D, 0x18, 0, 0]) == .zstd)
        #expect(Compression.detect([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) == .xz)
        #expect(Compression.detect(Array("BZh9".utf8)) == .bzip2)
        #expect(Compression.detect([]) == .none)
        #expect(Compression.detect([0x1F, 0x8B]) == .none)
        #expect(Compression.detect(Array("etc/passwd".utf8)) == .none)
    }

    @Test(arguments: steps) func `gzip in chunks of any size`(step: Int) throws {
        let data = Samples.text(300_000)
        #expect(try Samples.inflate(Samples.gzip(data), .gzip, step: step) == data)
    }

    @Test(arguments: steps) func `gzip members in a row`(step: Int) throws {
        let one = Samples.text(70_000)
        let stream = Samples.gzip(one) + Samples.gzip([]) + Samples.gzip([1, 2, 3]) + Samples.gzip(one)
        #expect(try Samples.inflate(stream, .gzip, step: step) == one + [1, 2, 3] + one)
    }

    @Test(arguments: steps) func `zero padding after the last member`(step: Int) throws {
        let stream = Samples.gzip([1, 2, 3]) + [UInt8](repeating: 0, count: 700)
        #expect(try Samples.inflate(stream, .gzip, step: step) == [1, 2, 3])
    }

    @Test(arguments: steps) func `other bytes after the last member`(step: Int) {
        for garbage: [UInt8] in [Array("garbage, not a header".utf8), [0, 0, 1]] {
            #expect(throws: InflateError.trailingGarbage(.gzip)) {
                try Samples.inflate(Samples.gzip([1, 2, 3]) + garbage, .gzip, step: step)
            }
        }
    }

    @Test func `every truncation of a gzip stream is noticed`() {
        let stream = Samples.gzip(Samples.text(2000))
        for count in 0..<stream.count {
            #expect(throws: InflateError.truncated(.gzip)) {
                try Samples.inflate(Array(stream[..<count]), .gzip, step: 100)
            }
        }
    }

    @Test func `a wrong checksum or length is noticed`() {
        let stream = Samples.gzip(Samples.text(5000))
        for position in (stream.count - 8)..<stream.count {
            var damaged = stream
            damaged[position] ^= 0x10
            #expect(throws: InflateError.corrupt(.gzip, reason: "checksum or length of a member does not match")) {
                try Samples.inflate(damaged, .gzip, step: 4096)
            }
        }
    }

    @Test(arguments: steps) func `zstd frames in a row`(step: Int) throws {
        let data = Samples.text(300_000)
        let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 9, 9]
        let stream = skippable + Samples.zstd(data) + Samples.zstd([]) + Samples.zstd([7])
        #expect(try Samples.inflate(stream, .zstd, step: step) == data + [7])
    }

    @Test func `every truncation of a zstd stream is noticed`() {
        let stream = Samples.zstd(Samples.text(2000))
        for count in 0..<stream.count {
            #expect(throws: InflateError.truncated(.zstd)) {
                try Samples.inflate(Array(stream[..<count]), .zstd, step: 100)
            }
        }
    }

    @Test func `a zstd window above the limit is refused`() {
        let stream = Samples.zstd(Samples.text(5 << 20), windowLog: 22)
        #expect(throws: InflateError.windowTooLarge(limit: 1 << 21)) {
            try Samples.inflate(stream, .zstd, step: 4096, limits: InflateLimits(maxZstdWindowLog: 21))
        }
    }

    @Test(arguments: [Compression.gzip, .zstd, .none]) func `a decompression bomb is stopped`(kind: Compression) {
        let zeros = [UInt8](repeating: 0, count: 10 << 20)
        let stream = kind == .gzip ? Samples.gzip(zeros) : kind == .zstd ? Samples.zstd(zeros) : zeros
        #expect(throws: InflateError.tooLarge(limit: 1 << 20)) {
            try Samples.inflate(stream, kind, step: 4096, limits: InflateLimits(maxOutput: 1 << 20))
        }
    }

    @Test func `xz is refused with advice`() {
        #expect(throws: InflateError.unsupported(.xz)) { _ = try Inflater(.xz).compression }
        #expect(InflateError.unsupported(.xz).description.contains("recompress"))
    }

    @Test func `an error of the sink comes through`() {
        struct Full: Error {}
        #expect(throws: Full.self) {
            var inflater = try Inflater(.gzip)
            try Samples.gzip([1]).withUnsafeBytes { try inflater.push($0) { _ in throw Full() } }
        }
    }
}
