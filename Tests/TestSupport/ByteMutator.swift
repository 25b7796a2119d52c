// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Makes damaged input out of good one, for tests that feed parsers.
///
/// `DOCKERLITE_FUZZ_ITERATIONS` sets how many inputs each parser gets, `DOCKERLITE_FUZZ_SEED` repeats a run.
public struct ByteMutator {
    private static let environment = ProcessInfo.processInfo.environment
    public static let iterations = environment["DOCKERLITE_FUZZ_ITERATIONS"].flatMap(Int.init) ?? 4_000

    private let tokens: [[UInt8]]
    private var generator: SplitMix

    /// - Parameter tokens: pieces that mean something to the parser.
    public init(tokens: [String]) {
        self.tokens = tokens.map { Array($0.utf8) }
        let seed = Self.environment["DOCKERLITE_FUZZ_SEED"].flatMap(UInt64.init)
        generator = SplitMix(seed: seed ?? UInt64.random(in: .min ... .max))
    }

    /// One of the seeds with one to six changes.
    public mutating func mutate(_ seeds: [String]) -> [UInt8] {
        var bytes = Array((seeds.randomElement(using: &generator) ?? "").utf8)
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            let start = Int.random(in: 0...bytes.count, using: &generator)
            let end = min(bytes.count, start + Int.random(in: 0...8, using: &generator))
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes.removeSubrange(start..<end)
            case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
            case 2: bytes.insert(contentsOf: tokens.randomElement(using: &generator) ?? [], at: start)
            case 3: bytes.insert(UInt8.random(in: .min ... .max, using: &generator), at: start)
            default: if Int.random(in: 0..<4, using: &generator) == 0 { bytes.removeSubrange(end...) }
            }
        }
        return bytes
    }
}
