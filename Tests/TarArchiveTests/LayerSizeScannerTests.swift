// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import TarArchive

@Suite struct LayerSizeScannerTests {
    private func size(_ bytes: [UInt8], step: Int = 1 << 20, limits: TarLimits = TarLimits()) throws -> Int64 {
        var scanner = LayerSizeScanner(limits: limits)
        for start in stride(from: 0, to: bytes.count, by: step) {
            try bytes[start..<min(start + step, bytes.count)].withUnsafeBytes { try scanner.push($0) }
        }
        return try scanner.finish()
    }

    private func archive(_ build: (inout TarBytes) -> Void) -> [UInt8] {
        var tar = TarBytes()
        build(&tar)
        return tar.finished
    }

    private func content(_ count: Int) -> [UInt8] { [UInt8](repeating: 0x61, count: count) }

    @Test func `an empty stream is an empty layer`() throws {
        #expect(try size([]) == 0)
        #expect(try size([UInt8](repeating: 0, count: 1024)) == 0)
        #expect(try size([UInt8](repeating: 0, count: 10_240)) == 0)
    }

    @Test(arguments: [1, 3, 511, 512, 513, 5000]) func `files and symlinks count, the rest is free`(step: Int) throws {
        let tar = archive {
            $0.add("d/", type: "5")
            $0.add("d/file", content: content(700))
            $0.add("d/link", type: "2", link: "../target")
            $0.add("d/same", type: "1", link: "d/file")
            $0.add("null", type: "3")
            $0.add("pipe", type: "6")
            $0.add(".wh.gone", content: content(5))
            $0.add("d/.wh..wh..opq")
        }
        #expect(try size(tar, step: step) == 709)
    }

    @Test func `a later entry replaces the earlier one`() throws {
        #expect(
            try size(
                archive {
                    $0.add("a", content: content(100))
                    $0.add("./a", content: content(30))
                }) == 30)
        #expect(
            try size(
                archive {
                    $0.add("d/one", content: content(100))
                    $0.add("d/two/three", content: content(100))
                    $0.add("d", content: content(7))
                }) == 7)
        #expect(
            try size(
                archive {
                    $0.add("x/../d/one", content: content(100))
                    $0.add("/d/", type: "5")
                    $0.add("d/two", content: content(1))
                }) == 101)
    }

    @Test func `an inode lives as long as one of its names`() throws {
        #expect(
            try size(
                archive {
                    $0.add("a", content: content(100))
                    $0.add("b", type: "1", link: "/a")
                    $0.add("a", content: content(1))
                }) == 101)
        #expect(
            try size(
                archive {
                    $0.add("a", content: content(100))
                    $0.add("a", type: "1", link: "a")
                    $0.add("b", type: "1", link: "not/in/this/layer")
                }) == 100)
    }

    @Test func `pax sizes and names win over the header`() throws {
        let tar = archive {
            $0.addPax([("comment", "global")], type: "g")
            $0.addPax([("path", "first"), ("size", "600")])
            $0.add("other", content: content(600), size: 0)
            $0.addPax([("linkpath", "a much longer target")])
            $0.add("link", type: "2", link: "short")
            $0.add("first", content: content(1))
        }
        #expect(try size(tar) == 21)
    }

    @Test func `GNU long names and links`() throws {
        let long = String(repeating: "n", count: 300)
        let tar = archive {
            $0.add("././@LongLink", type: "L", content: Array((long + "\u{0}").utf8), magic: "ustar  \u{0}")
            $0.add(long, content: content(5), magic: "ustar  \u{0}")
            $0.add("././@LongLink", type: "K", content: Array((long + "\u{0}").utf8), magic: "ustar  \u{0}")
            $0.add("link", type: "2", link: long, magic: "ustar  \u{0}")
            $0.add("././@LongLink", type: "K", content: Array((long + "\u{0}").utf8), magic: "ustar  \u{0}")
            $0.add("hard", type: "1", link: long, magic: "ustar  \u{0}")
        }
        #expect(try size(tar) == 305)
    }

    @Test func `a sparse file counts in full`() throws {
        let tar = archive {
            $0.add("gnu", type: "S", content: content(512), magic: "ustar  \u{0}") { header in
                TarBytes.put(TarBytes.octal(4096, 11), at: 386, in: &header)
                TarBytes.put(TarBytes.octal(512, 11), at: 398, in: &header)
                TarBytes.put(TarBytes.octal(1_000_000, 11), at: 483, in: &header)
            }
            $0.addPax([
                ("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"), ("GNU.sparse.realsize", "5000"),
                ("GNU.sparse.name", "pax"),
            ])
            let map = Array("1\n0\n512\n".utf8)
            $0.add("GNUSparseFile.1/pax", content: map + content(1024 - map.count))
            $0.add("last", content: content(3))
        }
        #expect(try size(tar) == 1_005_003)
    }

    @Test(arguments: ["-1", "4611686018427387904", "9223372036854775807"])
    func `a sparse file of an impossible size is refused`(size: String) throws {
        let tar = archive {
            $0.addPax([
                ("GNU.sparse.major", "0"), ("GNU.sparse.minor", "1"), ("GNU.sparse.size", size),
                ("GNU.sparse.numblocks", "0"), ("GNU.sparse.map", ""),
            ])
            $0.add("sparse")
        }
        #expect(throws: TarError.self) { try self.size(tar) }
    }

    @Test func `continuation blocks of a sparse header are passed over`() throws {
        var extensions = [UInt8](repeating: 0, count: 1024)
        extensions[504] = 1
        TarBytes.put(TarBytes.octal(1000, 11), at: 512, in: &extensions)
        TarBytes.put(TarBytes.octal(600, 11), at: 524, in: &extensions)
        var tar = TarBytes()
        tar.add("gnu", type: "S", size: 600, magic: "ustar  \u{0}") { header in
            TarBytes.put(TarBytes.octal(2000, 11), at: 483, in: &header)
            header[482] = 1
        }
        tar.addRaw(extensions + content(600) + [UInt8](repeating: 0, count: 424))
        tar.add("next", content: content(9))
        #expect(try size(tar.finished) == 2009)
    }

    @Test func `base-256 sizes`() throws {
        let tar = archive {
            $0.add("big", content: content(600)) { header in
                TarBytes.put([0x80] + [UInt8](repeating: 0, count: 9) + [2, 0x58], at: 124, in: &header)
            }
        }
        #expect(try size(tar) == 600)
        let negative = archive {
            $0.add("neg") { TarBytes.put([UInt8](repeating: 0xFF, count: 12), at: 124, in: &$0) }
        }
        #expect(throws: TarError.invalidHeader(offset: 0, reason: "negative size")) { try size(negative) }
    }

    @Test func `a size near the top of Int64 is a truncation, not a crash`() {
        for huge in ["9223372036854775807", "9223372036854775296"] {
            let tar = archive {
                $0.addPax([("size", huge)])
                $0.add("huge")
            }
            #expect(throws: TarError.truncated(offset: Int64(tar.count))) { try size(tar) }
        }
    }

    @Test func `header-only types have no payload, whatever they say`() throws {
        // The next header follows at once, as Go reads it; a reader that skips 512 bytes would see another archive.
        let tar = archive {
            $0.add("dir", type: "5", size: 512)
            $0.add("link", type: "2", link: "t", size: 512)
            $0.add("file", content: content(4))
        }
        #expect(try size(tar) == 5)
    }

    @Test func `every cut inside an entry is a truncation`() throws {
        var tar = TarBytes()
        tar.addPax([("path", "named")])
        tar.add("file", content: content(700))
        let whole = tar.bytes
        for cut in [1, 511, 513, 600, 1024, 1100, 1536, 1537, 2000, 2235] {
            #expect(throws: TarError.truncated(offset: Int64(cut))) { try size(Array(whole[..<cut])) }
        }
        #expect(try size(whole) == 700)
        #expect(try size(Array(whole[..<2236])) == 700, "padding alone may be missing")
    }

    @Test func `bytes that are no archive`() {
        let text = [UInt8](repeating: 0x41, count: 2000)
        #expect(throws: TarError.invalidHeader(offset: 0, reason: "checksum does not match")) { try size(text) }
        var tar = TarBytes()
        tar.addRaw([UInt8](repeating: 0, count: 512))
        tar.add("late")
        #expect(throws: TarError.invalidHeader(offset: 512, reason: "entry after a zero block")) {
            try size(tar.bytes)
        }
        #expect(throws: TarError.truncated(offset: 5)) { try size([1, 2, 3, 4, 5]) }
    }

    @Test func `what follows the end is not looked at`() throws {
        let tar = archive { $0.add("a", content: content(3)) }
        #expect(try size(tar + Array("junk".utf8)) == 3)
    }

    @Test(arguments: [
        "99 path=a\n", "3 a\n", "path=a\n", "10 path=a\n\n", "9 path=ab\n", "7 =abc\n", "12 size=-5\n\n",
        "9 path=\u{0}\n",
    ])
    func `malformed pax records`(text: String) {
        let tar = archive {
            $0.add("x", type: "x", content: Array(text.utf8))
            $0.add("a")
        }
        #expect(throws: TarError.self) { try size(tar) }
    }

    @Test func `limits stop big headers and many entries`() throws {
        var limits = TarLimits()
        limits.maxEntries = 2
        let three = archive { tar in (0..<3).forEach { tar.add("f\($0)") } }
        #expect(throws: TarError.limitExceeded(what: "number of entries", limit: 2, option: "maxEntries")) {
            try size(three, limits: limits)
        }
        // Directories that have no entry count, too: a name makes as many as it has slashes.
        limits.maxEntries = 5
        let deep = archive { tar in (0..<2).forEach { tar.add("\($0)/a/b/f") } }
        #expect(
            throws: TarError.limitExceeded(what: "number of files and directories", limit: 5, option: "maxEntries")
        ) { try size(deep, limits: limits) }
        limits.maxEntries = 8
        #expect(try size(deep, limits: limits) == 0)
        // Go's CVE-2025-58183: a map of a sparse file without bound.
        limits.maxSparseExtents = 2
        let sparse = archive {
            $0.addPax([("GNU.sparse.map", "0,1,2,1,4,1"), ("GNU.sparse.size", "5")])
            $0.add("s", content: content(3))
        }
        #expect(throws: TarError.limitExceeded(what: "sparse map", limit: 2, option: "maxSparseExtents")) {
            try size(sparse, limits: limits)
        }
        let huge = archive { $0.add("x", type: "x", size: 1 << 20 | 1) }
        #expect(throws: TarError.self) { try size(huge) }
    }

    @Test func `paths and attributes have limits, where a small layer could take all memory or time`() {
        func refusal(_ records: [(String, String)]) -> TarError? {
            let tar = archive {
                $0.addPax(records)
                $0.add("x")
            }
            do { _ = try size(tar) } catch { return error as? TarError }
            return nil
        }
        #expect(
            refusal([("path", String(repeating: "a/", count: 300_000))])
                == .limitExceeded(what: "path of 600000 bytes", limit: 4096, option: "maxPathLength"))
        #expect(refusal([("path", String(repeating: "a/", count: 511) + "f")]) == nil)
        #expect(
            refusal([("path", String(repeating: "a/", count: 512) + "f")])
                == .limitExceeded(what: "path of 513 components", limit: 512, option: "maxPathDepth"))
        #expect(refusal((0..<1024).map { ("SCHILY.xattr.user.\($0)", "") }) == nil)
        #expect(
            refusal((0..<1025).map { ("SCHILY.xattr.user.\($0)", "") })
                == .limitExceeded(what: "number of extended attributes", limit: 1024, option: "maxXattrs"))
    }

    @Test func `a pax size is for the entry, not for the long name before it`() throws {
        // node-tar CVE-2026-53655; Go and GNU tar read it so, too.
        let tar = archive {
            $0.addPax([("size", "3")])
            $0.add("././@LongLink", type: "L", content: Array("a long name".utf8) + [0])
            $0.add("short", content: content(3), size: 0)
            $0.add("next", content: content(5))
        }
        #expect(try size(tar) == 8)
    }
}
