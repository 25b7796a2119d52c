// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ByteStreams

@Suite struct DeflaterTests {
    private func gzip(_ input: [UInt8], threads: Int, step: Int = 1 << 20, level: Int32 = 6) throws -> [UInt8] {
        var output: [UInt8] = []
        var gzip = ParallelGzip(level: level, threads: threads) { output.append(contentsOf: $0) }
        for start in stride(from: 0, to: input.count, by: step) {
            try input[start..<min(start + step, input.count)].withUnsafeBytes { try gzip.write($0) }
        }
        try gzip.finish()
        return output
    }

    @Test(arguments: [0, 1, 131_071, 131_072, 131_073, 524_288, 1_700_000])
    func `gzip comes back and does not depend on threads or pieces`(count: Int) throws {
        let input = Samples.text(count)
        let one = try gzip(input, threads: 1)
        #expect(try Samples.inflate(one, .gzip, step: 10_000) == input)
        #expect(try gzip(input, threads: 3) == one)
        #expect(try gzip(input, threads: 2, step: 1000) == one)
    }

    @Test func `blocks know what came before them`() throws {
        // 20 KB that repeat compress well only if each block has the end of the last as its dictionary.
        let phrase = Samples.text(20_000)
        let input = Array(repeatElement(phrase, count: 40).joined())
        let size = try gzip(input, threads: 2).count
        #expect(size < phrase.count + 20_000)
        #expect(try gzip(input, threads: 2, level: 1).count >= size)
    }

    @Test func `the header has no time and no name`() throws {
        #expect(try gzip([1], threads: 1).prefix(10) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF])
    }

    @Test func `an error of the sink comes through`() {
        struct Full: Error {}
        #expect(throws: Full.self) {
            var gzip = ParallelGzip(threads: 2) { _ in throw Full() }
            try gzip.finish()
        }
    }
}
