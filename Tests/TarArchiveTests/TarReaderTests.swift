// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import TarArchive

@Suite struct TarReaderTests {
    @Test(arguments: ["v7", "ustar", "gnu", "oldgnu", "posix", "posix --sparse", "gnu --sparse"])
    func `reads what GNU tar writes as libarchive does`(format: String) throws {
        try Archives.withDirectory { root in
            try Archives.makeTree(in: root)
            // v7 and ustar cannot hold the long names; what they skip is skipped for both readers.
            let command = "tar -c --sort=name --format=\(format) -f - . 2>/dev/null || true"
            let bytes = try Archives.run("sh", "-c", command, directory: root)
            let theirs = try #require(Libarchive.list(bytes))
            #expect(try Libarchive.ours(bytes) == theirs)
            #expect(theirs.count > 8)
        }
    }

    @Test(arguments: ["0.0", "0.1", "1.0"]) func `every pax sparse format`(version: String) throws {
        try Archives.withDirectory { root in
            try Archives.makeTree(in: root)
            let bytes = try Archives.run(
                "tar", "-c", "--format=posix", "--sparse", "--sparse-version=\(version)", "-f", "-", "sparse",
                directory: root)
            let theirs = try #require(Libarchive.list(bytes))
            #expect(try Libarchive.ours(bytes) == theirs)
            let entry = try #require(try Archives.entries(bytes).first)
            #expect(entry.displayPath == "sparse")
            #expect(entry.size == 3_000_000)
            #expect((entry.extents?.count ?? 0) >= 30, "holes are known as such")
        }
    }

    @Test(arguments: [1, 100, 512, 10_000]) func `chunks of any size give the same entries`(step: Int) throws {
        try Archives.withDirectory { root in
            try Archives.makeTree(in: root)
            let bytes = try Archives.run("tar", "-c", "--format=posix", "--sparse", "-f", "-", ".", directory: root)
            #expect(try Archives.entries(bytes, step: step) == Archives.entries(bytes))
        }
    }

    @Test func `attributes of all kinds`() throws {
        var tar = TarBytes()
        tar.addPax([
            ("SCHILY.xattr.user.note", "a=b\nc"), ("SCHILY.xattr.user.note", "second\u{0}"), ("mtime", "-1.25"),
            ("uid", "4000000000"), ("path", "näme"),
        ])
        tar.add("x", type: "3") {
            TarBytes.put(Array("0000010".utf8), at: 329, in: &$0)
            TarBytes.put(Array("0000377".utf8), at: 337, in: &$0)
            TarBytes.put(Array("0106755".utf8), at: 100, in: &$0)
        }
        tar.add([0x61, 0xFF, 0xFE], type: "2", link: [0xC0])
        let entries = try Archives.entries(tar.finished)
        let first = try #require(entries.first)
        #expect(first.path == Array("näme".utf8))
        #expect(first.kind == .characterDevice(major: 8, minor: 255))
        #expect(first.mode == 0o6755)
        #expect(first.uid == 4_000_000_000)
        #expect(first.modificationTime == TarTime(seconds: -2, nanoseconds: 750_000_000))
        #expect(first.xattrs == [.init(name: Array("user.note".utf8), value: Array("second\u{0}".utf8))])
        #expect(entries.last?.path == [0x61, 0xFF, 0xFE])
        #expect(entries.last?.kind == .symbolicLink(target: [0xC0]))
    }

    @Test func `an error stays an error`() throws {
        var tar = TarBytes()
        tar.add("a", content: [1, 2, 3], size: 5000)
        var reader = Archives.reader(tar.bytes)
        #expect(try reader.next()?.size == 5000)
        for _ in 0..<3 {
            #expect(throws: TarError.truncated(offset: Int64(tar.bytes.count))) { try reader.next() }
        }
    }

    @Test func `the source's error comes through`() throws {
        struct Broken: Error {}
        var reader = TarReader { _ in throw Broken() }
        #expect(throws: Broken.self) { try reader.next() }
    }

    @Test func `readAll keeps its limit`() throws {
        var tar = TarBytes()
        tar.add("a", content: [1, 2, 3])
        var reader = Archives.reader(tar.finished)
        _ = try reader.next()
        #expect(throws: TarError.self) { try reader.readAll(limit: 2) }
        var again = Archives.reader(tar.finished)
        _ = try again.next()
        #expect(try again.readAll(limit: 3) == [1, 2, 3])
        #expect(try again.next() == nil)
        #expect(try again.next() == nil)
    }
}
