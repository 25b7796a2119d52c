// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import ByteStreams

@Suite struct InflatedSourceTests {
    private func read(_ bytes: [UInt8], step: Int, limits: InflateLimits = InflateLimits()) throws -> [UInt8] {
        var position = 0
        let source = InflatedSource(limits: limits) { buffer in
            let count = min(step, buffer.count, bytes.count - position)
            buffer.copyBytes(from: bytes[position..<(position + count)])
            position += count
            return count
        }
        var output: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1000)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try source.read(into: $0) }
            if count == 0 { return output }
            output += buffer[..<count]
        }
    }

    @Test(arguments: [1, 5, 1000, 1 << 20]) func `any compression is read as plain bytes`(step: Int) throws {
        let data = Samples.text(100_000)
        #expect(try read(data, step: step) == data)
        #expect(try read(Samples.gzip(data), step: step) == data)
        #expect(try read(Samples.zstd(data), step: step) == data)
        #expect(try read([], step: step).isEmpty)
        #expect(try read([0x1F], step: step) == [0x1F])
    }

    @Test func `truncation and bombs are noticed`() {
        let data = Samples.text(100_000)
        #expect(throws: InflateError.truncated(.gzip)) { try read(Array(Samples.gzip(data).dropLast(9)), step: 500) }
        #expect(throws: InflateError.tooLarge(limit: 10_000)) {
            try read(data, step: 500, limits: InflateLimits(maxOutput: 10_000))
        }
        #expect(throws: InflateError.tooLarge(limit: 10_000)) {
            try read(Samples.gzip(data), step: 500, limits: InflateLimits(maxOutput: 10_000))
        }
    }
}
