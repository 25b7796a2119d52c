// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import TarArchive

@Suite struct TarWriterTests {
    private func write(_ entries: [(TarEntry, [UInt8])], keepsNanoseconds: Bool = false) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var writer = TarWriter(keepsNanoseconds: keepsNanoseconds) { bytes.append(contentsOf: $0) }
        for (entry, content) in entries {
            try writer.add(entry)
            try writer.write(content)
        }
        try writer.finish()
        #expect(writer.byteCount == Int64(bytes.count))
        return bytes
    }

    private func file(_ path: String, _ content: String = "", edit: (inout TarEntry) -> Void = { _ in }) -> (
        TarEntry, [UInt8]
    ) {
        let content = Array(content.utf8)
        var entry = TarEntry(
            path: Array(path.utf8), kind: .file, mode: 0o644, modificationTime: TarTime(seconds: 1_500_000_000))
        entry.size = Int64(content.count)
        edit(&entry)
        return (entry, content)
    }

    @Test func `the plainest file is one ustar header`() throws {
        let bytes = try write([file("a", "hi")])
        #expect(bytes.count == 512 + 512 + 1024)
        let header = String(decoding: bytes[..<512], as: UTF8.self)
        #expect(header.hasPrefix("a\u{0}"))
        #expect(header.contains("0000644\u{0}0000000\u{0}0000000\u{0}00000000002\u{0}13132027400\u{0}"))
        #expect(header.contains("0ustar") == false, "type and magic are apart")
        #expect(header.contains("ustar\u{0}00"))
        #expect(bytes[156] == UInt8(ascii: "0"))
    }

    @Test func `everything comes back, from us and from libarchive`() throws {
        let long = String(repeating: "component/", count: 30)
        var odd = file("", "")
        odd.0.path = [0x6E, 0xFF, 0x80]
        let entries = [
            file("plain", "content"),
            file(long + "name", "x"),
            file(String(repeating: "n", count: 101)),
            file(String(repeating: "p", count: 60) + "/" + String(repeating: "q", count: 90)),
            file("grün", "ü"),
            odd,
            file("owner") {
                $0.uid = 3_000_000_000
                $0.gid = 65_534
                $0.mode = 0o6755
            },
            file("before 1970") { $0.modificationTime = TarTime(seconds: -5, nanoseconds: 500_000_000) },
            file("nano") { $0.modificationTime = TarTime(seconds: 77, nanoseconds: 1_000) },
            (TarEntry(path: Array("dir".utf8), kind: .directory, mode: 0o1777), []),
            (TarEntry(path: Array("sym".utf8), kind: .symbolicLink(target: Array(long.utf8)), mode: 0o777), []),
            (TarEntry(path: Array("hard".utf8), kind: .hardLink(target: Array("plain".utf8)), mode: 0o644), []),
            (TarEntry(path: Array("null".utf8), kind: .characterDevice(major: 1, minor: 3), mode: 0o666), []),
            (TarEntry(path: Array("disk".utf8), kind: .blockDevice(major: 259, minor: 70_000), mode: 0o660), []),
            (TarEntry(path: Array("pipe".utf8), kind: .fifo, mode: 0o600), []),
        ]
        let bytes = try write(entries, keepsNanoseconds: true)
        let back = try Archives.entries(bytes)
        let expected = entries.map { entry, _ in
            var entry = entry
            if entry.kind == .directory { entry.path.append(UInt8(ascii: "/")) }
            return entry
        }
        #expect(back == expected)
        // libarchive 3.6.2 reads "-4.5" as -3.5 seconds; Go and GNU tar do not.
        let isTimed: (Libarchive.Item) -> Bool = { $0.seconds >= 0 }
        let theirs = try #require(Libarchive.list(bytes))
        #expect(try Libarchive.ours(bytes).filter(isTimed) == theirs.filter(isTimed))
    }

    @Test func `extended attributes come back`() throws {
        let xattrs = [
            TarEntry.Xattr(name: Array("security.capability".utf8), value: [1, 0, 0, 2, 0, 0x0A, 0xFF]),
            TarEntry.Xattr(name: Array("user.a".utf8), value: Array(String(repeating: "v", count: 90).utf8)),
        ]
        let bytes = try write([file("f") { $0.xattrs = xattrs }])
        #expect(try Archives.entries(bytes).first?.xattrs == xattrs)
    }

    @Test func `the order of attributes does not matter to the bytes`() throws {
        let one = TarEntry.Xattr(name: Array("user.a".utf8), value: [1])
        let two = TarEntry.Xattr(name: Array("user.b".utf8), value: [2])
        let forth = try write([file("f") { $0.xattrs = [one, two] }])
        let back = try write([file("f") { $0.xattrs = [two, one] }])
        #expect(forth == back)
    }

    @Test func `nanoseconds only when asked for`() throws {
        let nano = file("f") { $0.modificationTime = TarTime(seconds: 9, nanoseconds: 5) }
        #expect(try Archives.entries(write([nano])).first?.modificationTime == TarTime(seconds: 9))
        let kept = try Archives.entries(write([nano], keepsNanoseconds: true))
        #expect(kept.first?.modificationTime == nano.0.modificationTime)
        #expect(try write([file("f")]) == write([file("f")], keepsNanoseconds: true), "whole seconds need no pax")
    }

    @Test func `big sizes are written as pax`() throws {
        var bytes: [UInt8] = []
        var writer = TarWriter { bytes.append(contentsOf: $0) }
        try writer.add(file("big") { $0.size = 1 << 34 }.0)
        var scanner = LayerSizeScanner()
        try bytes.withUnsafeBytes { try scanner.push($0) }
        #expect(throws: TarError.truncated(offset: Int64(bytes.count))) { try scanner.finish() }
        #expect(String(decoding: bytes, as: UTF8.self).contains("20 size=17179869184\n"))
    }

    @Test func `data that does not fit its header is refused`() throws {
        var writer = TarWriter { _ in }
        try writer.add(file("f") { $0.size = 2 }.0)
        try writer.write([1])
        #expect(throws: TarWriteError.missingData(1)) { try writer.finish() }
        #expect(throws: TarWriteError.tooMuchData(by: 1)) { try writer.write([2, 3]) }
        #expect(throws: TarWriteError.self) { try writer.add(file("").0) }
    }

    @Test func `names GNU tar understands`() throws {
        let long = String(repeating: "d", count: 120) + "/" + String(repeating: "f", count: 120)
        let bytes = try write([file("a", "1"), file(long, "2"), file("grün", "3")])
        try Archives.withDirectory { root in
            try Data(bytes).write(to: URL(fileURLWithPath: "\(root)/t.tar"))
            let listing = try Archives.run("tar", "-tf", "t.tar", "--quoting-style=literal", directory: root)
            #expect(String(decoding: listing, as: UTF8.self) == "a\n\(long)\ngrün\n")
        }
    }
}
