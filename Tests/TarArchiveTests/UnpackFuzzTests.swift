// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import TarArchive

/// Random layers out of few names, so that entries meet, replace, link to and delete each other in every way.
@Suite struct UnpackFuzzTests {
    private static let names = [
        "a", "b", "a/b", "a/b/c", "b/c", "/c", "./a/c", "d/../a", "a/../../x", "..", ".wh.a", "a/.wh.b",
        "b/.wh..wh..opq",
        "l", "l/x", "l/b", "m/x", "m", ".wh.l", "c/..",
    ]
    private static let targets = [
        "a", "/a", "b", "..", "../../canary", "/", "l", "m", "a/b", "", "/canary/file", "l/b",
    ]

    private func layer(_ random: inout SplitMix) -> [UInt8] {
        var tar = TarBytes()
        for _ in 0..<Int.random(in: 1...14, using: &random) {
            let name = Self.names[Int.random(in: 0..<Self.names.count, using: &random)]
            let target = Self.targets[Int.random(in: 0..<Self.targets.count, using: &random)]
            switch Int.random(in: 0..<8, using: &random) {
            case 0, 1, 2: tar.add(name, content: content(&random))
            case 3, 4: tar.add(name, type: "5")
            case 5: tar.add(name, type: "2", link: target)
            case 6: tar.add(name, type: "1", link: target)
            default: tar.add(name, type: "6")
            }
        }
        return tar.finished
    }

    private func content(_ random: inout SplitMix) -> [UInt8] {
        [UInt8](repeating: 0x78, count: Int.random(in: 0...900, using: &random))
    }

    /// docker's directory.Size: every inode once, directories for nothing.
    private func size(of root: String) throws -> Int64 {
        let listing = try Archives.run("find", root, "-mindepth", "1", "!", "-type", "d", "-printf", "%i %s\\n")
        let lines = Set(String(decoding: listing, as: UTF8.self).split(separator: "\n"))
        return lines.reduce(0) { $0 + (Int64($1.split(separator: " ")[1]) ?? 0) }
    }

    @Test func `no layer gets out, and its size is what the scanner said`() throws {
        var random = SplitMix(seed: 7)
        var applied = 0
        let rounds = max(1, Archives.fuzzIterations / 5)
        for _ in 0..<rounds {
            let bytes = layer(&random)
            var scanner = LayerSizeScanner()
            try bytes.withUnsafeBytes { try scanner.push($0) }
            let scanned = try scanner.finish()
            try Unpacking.run { unpacking in
                guard (try? unpacking.apply(bytes, step: 700)) != nil else { return }
                applied += 1
                let entries = try Archives.entries(bytes).map { "\($0.displayPath) \($0.kind) \($0.size)" }
                #expect(try size(of: unpacking.root) == scanned, "\(entries)")
            }
            try Unpacking.run { unpacking in
                for _ in 0..<2 { _ = try? unpacking.apply(bytes, form: .flat) }
            }
        }
        // Most layers hold something refused; enough must not.
        #expect(applied >= rounds / 10)
    }
}
