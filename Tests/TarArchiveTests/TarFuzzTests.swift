// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import TarArchive

/// Random damage: whatever the bytes, an error or an answer, never a crash, never a different one for other chunks.
@Suite struct TarFuzzTests {
    private enum Outcome: Equatable {
        case entries([TarEntry], size: Int64)
        case failed(TarError)
    }

    private func corpus() throws -> [[UInt8]] {
        try Archives.withDirectory { root in
            // Small ones: most of the time goes into reading what is whole.
            try Archives.makeTree(in: root, sparseParts: 6)
            return try ["ustar", "gnu --sparse", "posix --sparse"].map { format in
                let command =
                    "tar -c --sort=name --format=\(format) --exclude=big --exclude=hard -f - . 2>/dev/null || true"
                return try Archives.run("sh", "-c", command, directory: root)
            }
        }
    }

    private func scan(_ bytes: [UInt8], step: Int) -> Outcome {
        var scanner = LayerSizeScanner()
        do throws(TarError) {
            for start in stride(from: 0, to: bytes.count, by: step) {
                let chunk = Array(bytes[start..<min(start + step, bytes.count)])
                var failure: TarError?
                chunk.withUnsafeBytes { buffer in
                    do throws(TarError) { try scanner.push(buffer) } catch { failure = error }
                }
                if let failure { throw failure }
            }
            return .entries([], size: try scanner.finish())
        } catch {
            return .failed(error)
        }
    }

    @Test func `damaged archives`() throws {
        let corpus = try corpus()
        var random = SplitMix(seed: 42)
        for _ in 0..<Archives.fuzzIterations {
            var bytes = corpus[Int.random(in: 0..<corpus.count, using: &random)]
            for _ in 0..<Int.random(in: 1...8, using: &random) { damage(&bytes, &random) }
            let whole = scan(bytes, step: bytes.count + 1)
            #expect(scan(bytes, step: Int.random(in: 1...2000, using: &random)) == whole)
            let entries = Result { try Archives.entries(bytes) }
            if case .failed = whole {
                #expect(throws: TarError.self) { try entries.get() }
            } else {
                #expect(throws: Never.self) { try entries.get() }
            }
        }
    }

    private func damage(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        guard bytes.count >= 1024 else { return }
        let block = Int.random(in: 0..<(bytes.count / 512), using: &random) * 512
        let span = Array(bytes[block..<min(block + 512, bytes.count)])
        switch Int.random(in: 0..<5, using: &random) {
        case 0: bytes.removeLast(Int.random(in: 1...512, using: &random))
        case 1: bytes.insert(contentsOf: span, at: block)
        case 2: bytes.removeSubrange(block..<(block + span.count))
        default:
            // Change a field and make the checksum right again, so that the damage gets past it.
            guard span.count == 512, span[257] == UInt8(ascii: "u") else {
                bytes[block + Int.random(in: 0..<span.count, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
                return
            }
            var header = span
            let fields = [100..<108, 108..<116, 124..<136, 136..<148, 156..<157, 329..<337, 386..<510, 0..<100]
            let field = fields[Int.random(in: 0..<fields.count, using: &random)]
            let digits = Array("01234567 SLKxg".utf8) + [0, 0x80, 0xFF]
            for index in field where Int.random(in: 0..<3, using: &random) == 0 {
                header[index] = digits[Int.random(in: 0..<digits.count, using: &random)]
            }
            TarBytes.seal(&header)
            bytes.replaceSubrange(block..<(block + 512), with: header)
        }
    }
}
