// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Testing

@testable import TarArchive

/// Layers of several megabytes, whose tar a thread of its own digests.
@Suite struct LayerDigesterTests {
    private func digest(_ blob: [UInt8], step: Int, limits: TarLimits = TarLimits()) throws -> LayerDigest {
        var digester = LayerDigester(tarLimits: limits)
        for start in stride(from: 0, to: blob.count, by: step) {
            try blob[start..<min(start + step, blob.count)].withUnsafeBytes { try digester.push($0) }
        }
        return try digester.finish()
    }

    private func archive(files: Int, of size: Int) -> [UInt8] {
        var tar = TarBytes()
        for number in 0..<files {
            tar.add("f\(number)", content: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: size))
        }
        return tar.finished
    }

    @Test(arguments: [1 << 10, 100_000, 1 << 22]) func `large and small layers have their tar's hash and size`(
        step: Int
    ) throws {
        for files in [0, 1, 10, 11, 40] {
            let tar = archive(files: files, of: 100_000)
            let layer = try digest(tar, step: step)
            #expect(layer.diffID == SHA256Hasher.digest(of: tar))
            #expect(layer.size == Int64(files * 100_000))
            #expect(layer.uncompressedSize == Int64(tar.count))
        }
    }

    @Test(arguments: [1 << 10, 1 << 22]) func `what is wrong far behind is an error`(step: Int) throws {
        let tar = archive(files: 30, of: 100_000)
        #expect(throws: TarError.self) { try digest(Array(tar[..<2_500_000]), step: step) }
        var spoiled = tar
        for place in 2_000_000..<2_200_000 { spoiled[place] = 0xA5 }
        #expect(throws: TarError.self) { try digest(spoiled, step: step) }
        var limits = TarLimits()
        limits.maxEntries = 20
        #expect(throws: TarError.self) { try digest(tar, step: step, limits: limits) }
    }

    @Test func `an abandoned digester takes its thread along`() throws {
        let tar = archive(files: 40, of: 100_000)
        for _ in 0..<50 {
            var digester = LayerDigester()
            try tar.withUnsafeBytes { try digester.push($0) }
        }
    }
}
