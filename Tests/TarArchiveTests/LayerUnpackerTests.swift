// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Foundation
import Testing

@testable import TarArchive

/// What layers may contain and must come out right, the legitimate oddities of real builders among them.
@Suite struct LayerUnpackerTests {
    private func text(_ string: String) -> [UInt8] { Array(string.utf8) }

    @Test func `absolute hard link targets, as kaniko writes them`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add("usr/bin/perl", content: text("perl"))
                $0.add("usr/bin/perl5", type: "1", link: "/usr/bin/perl")
                $0.add("sym", type: "2", link: "nowhere")
                $0.add("sym2", type: "1", link: "/sym")
            }
            #expect(unpacking.content("usr/bin/perl5") == "perl")
            #expect(unpacking.status("usr/bin/perl5")?.st_nlink == 2)
            #expect(unpacking.link("sym2") == "nowhere", "the link is linked, not what it points to")
        }
    }

    @Test func `absolute symlinked parents`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add("run/", type: "5")
                $0.add("var/run", type: "2", link: "/run")
                $0.add("var/run/lock/file", content: text("x"))
                $0.add("lib", type: "2", link: "usr/lib")
                $0.add("lib/implied", content: text("y"))
            }
            #expect(unpacking.content("run/lock/file") == "x")
            #expect(unpacking.content("usr/lib/implied") == "y")
            #expect(unpacking.link("lib") == "usr/lib")
        }
    }

    @Test func `missing and implied parents`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add("a/b/c", content: text("x"))
                $0.add("a/", type: "5") { TarBytes.put(text("0000700"), at: 100, in: &$0) }
            }
            #expect(unpacking.mode("a/b") == 0o755)
            #expect(unpacking.mode("a") == 0o700)
        }
    }

    @Test func `missing parents look like those of the lower layers`() throws {
        try Archives.withDirectory { lower in
            try FileManager.default.createDirectory(atPath: lower + "/tmp/x", withIntermediateDirectories: true)
            chmod(lower + "/tmp", 0o1777)
            chmod(lower + "/tmp/x", 0o2711)
            var times = [timespec(tv_sec: 5, tv_nsec: 6), timespec(tv_sec: 5, tv_nsec: 6)]
            utimensat(AT_FDCWD, lower + "/tmp", &times, 0)
            try Unpacking.run { unpacking in
                try unpacking.apply(lower: [lower]) { $0.add("tmp/x/file", content: text("1")) }
                #expect(unpacking.mode("tmp") == 0o1777)
                #expect(unpacking.mode("tmp/x") == 0o2711)
                #expect(unpacking.status("tmp")?.st_mtim.tv_nsec == 6)
            }
        }
    }

    @Test func `a hard link to a file of a lower layer is a copy`() throws {
        try Archives.withDirectory { lower in
            try Data("from below".utf8).write(to: URL(fileURLWithPath: lower + "/old"))
            try Unpacking.run { unpacking in
                try unpacking.apply(lower: [lower]) {
                    $0.add("new", type: "1", link: "old")
                    $0.add("after", content: text("next"))
                }
                #expect(unpacking.content("new") == "from below")
                #expect(unpacking.content("after") == "next")
                #expect(unpacking.status("new")?.st_mtim.tv_sec == 1_000_000_000)
            }
        }
    }

    @Test func `entries replace what came before`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add("a/deep/file", content: text("1"))
                $0.add("a", content: text("file"))
                $0.add("b", content: text("file"))
                $0.add("b/", type: "5")
                $0.add("c", content: text("old and longer"))
                $0.add("c", content: text("new"))
                $0.add("d/kept", content: text("1"))
                $0.add("d/", type: "5")
            }
            #expect(unpacking.content("a") == "file")
            #expect(unpacking.kind("b") == S_IFDIR)
            #expect(unpacking.content("c") == "new")
            #expect(unpacking.content("d/kept") == "1")
        }
    }

    @Test func `deletions in overlay form`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add("d/sibling", content: text("1"))
                $0.add("d/.wh.gone")
                $0.add("o/before", content: text("1"))
                $0.add("o/.wh..wh..opq")
                $0.add("o/after", content: text("1"))
                $0.add("x/.wh..wh.plnk", type: "5")
            }
            #expect(unpacking.isWhiteout("d/gone"))
            #expect(unpacking.isOpaque("o"))
            #expect(unpacking.content("o/before") == "1")
            #expect(unpacking.content("o/after") == "1")
            #expect(!unpacking.isOpaque("d"))
        }
    }

    @Test func `deleted and made anew in one layer, in either order`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add(".wh.f1")
                $0.add("f1", content: text("1"))
                $0.add("f2", content: text("2"))
                $0.add(".wh.f2")
                $0.add(".wh.d1")
                $0.add("d1/", type: "5")
                $0.add("d2/x", content: text("x"))
                $0.add(".wh.d2")
                $0.add(".wh.d3")
                $0.add("d3/implied", content: text("y"))
            }
            #expect(unpacking.content("f1") == "1")
            #expect(unpacking.content("f2") == "2")
            for name in ["d1", "d2", "d3"] { #expect(unpacking.isOpaque(name), "\(name)") }
            #expect(unpacking.content("d2/x") == "x")
            #expect(unpacking.content("d3/implied") == "y")
        }
    }

    @Test func `deletions in flat form spare the layer's own entries`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply(form: .flat) {
                for name in ["gone", "d/old", "d/sub/old", "o/old", "o/sub/old", "kept"] {
                    $0.add(name, content: text("0"))
                }
            }
            try unpacking.apply(form: .flat) {
                $0.add("gone2", content: text("1"))
                $0.add(".wh.gone2")
                $0.add(".wh.gone")
                $0.add(".wh.never")
                $0.add("no/such/.wh.dir")
                $0.add("d/sub/new", content: text("1"))
                $0.add(".wh.d")
                $0.add("o/new", content: text("1"))
                $0.add("o/.wh..wh..opq")
                $0.add("o/sub/.wh..wh..opq")
            }
            #expect(unpacking.status("gone") == nil)
            #expect(unpacking.content("gone2") == "1")
            #expect(unpacking.status("no") == nil)
            #expect(unpacking.status("d/old") == nil)
            #expect(unpacking.status("d/sub/old") == nil)
            #expect(unpacking.content("d/sub/new") == "1")
            #expect(unpacking.status("o/old") == nil)
            #expect(unpacking.status("o/sub") == nil)
            #expect(unpacking.content("o/new") == "1")
            #expect(unpacking.content("kept") == "0")
        }
    }

    @Test func `times to the nanosecond, of directories too`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                for (name, type) in [("d/", "5"), ("d/f", "0"), ("d/s", "2"), ("d/p", "6")] as [(String, Character)] {
                    $0.addPax([("mtime", "1234.000000789")])
                    $0.add(name, type: type, link: type == "2" ? "x" : "")
                }
            }
            for name in ["d", "d/f", "d/s", "d/p"] {
                #expect(unpacking.status(name)?.st_mtim.tv_sec == 1234, "\(name)")
                #expect(unpacking.status(name)?.st_mtim.tv_nsec == 789, "\(name)")
            }
        }
    }

    @Test func `holes stay holes`() throws {
        try Archives.withDirectory { source in
            try Archives.makeTree(in: source)
            let tar = try Archives.run(
                "tar", "-c", "--format=posix", "--sparse", "-f", "-", "sparse", directory: source)
            try Unpacking.run { unpacking in
                let summary = try unpacking.apply(tar, step: 1000)
                let status = try #require(unpacking.status("sparse"))
                #expect(status.st_size == 3_000_000)
                #expect(status.st_blocks * 512 < 1_000_000)
                #expect(summary.bytes < 1_000_000)
                #expect(try Archives.run("cmp", source + "/sparse", unpacking.root + "/sparse").isEmpty)
            }
        }
    }

    @Test func `modes do not depend on the umask`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add("f", content: text("1")) { TarBytes.put(text("0000666"), at: 100, in: &$0) }
                $0.add("d/", type: "5") { TarBytes.put(text("0000777"), at: 100, in: &$0) }
                $0.add("p", type: "6") { TarBytes.put(text("0000622"), at: 100, in: &$0) }
            }
            #expect(unpacking.mode("f") == 0o666)
            #expect(unpacking.mode("d") == 0o777)
            #expect(unpacking.mode("p") == 0o622)
        }
    }

    @Test func `the group of a set-gid directory does not spread`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add("d/", type: "5") {
                    TarBytes.put(text("0002775"), at: 100, in: &$0)
                    if geteuid() == 0 { TarBytes.put(text("0000062"), at: 116, in: &$0) }
                }
                $0.add("d/f", content: text("1"))
                $0.add("d/sub/", type: "5")
            }
            if geteuid() == 0 {
                #expect(unpacking.status("d")?.st_gid == 50)
                #expect(unpacking.status("d/f")?.st_gid == 0)
                #expect(unpacking.status("d/sub")?.st_gid == 0)
            }
            #expect(unpacking.mode("d/sub") == 0o755)
        }
    }

    @Test(.enabled(if: geteuid() == 0)) func `file capabilities survive owner and data`() throws {
        try Unpacking.run { unpacking in
            // A version 2 capability set with cap_net_raw, as `setcap` writes it.
            var value: [UInt8] = [1, 0, 0, 2, 0, 0x20, 0, 0]
            value += [UInt8](repeating: 0, count: 12)
            let xattr = TarEntry.Xattr(name: text("security.capability"), value: value)
            var bytes: [UInt8] = []
            var writer = TarWriter { bytes.append(contentsOf: $0) }
            var entry = TarEntry(path: text("ping"), kind: .file, mode: 0o755, uid: 1000, size: 4, xattrs: [xattr])
            entry.gid = 1000
            try writer.add(entry)
            try writer.write(text("ping"))
            try writer.finish()
            let summary = try unpacking.apply(bytes)
            #expect(summary.skippedXattrs == 0)
            let listing = try Archives.run("sh", "-c", "getcap \(unpacking.root)/ping || true")
            #expect(listing.isEmpty || String(decoding: listing, as: UTF8.self).contains("cap_net_raw"))
        }
    }

    @Test func `unpacks what GNU tar packs as GNU tar unpacks it`() throws {
        try Archives.withDirectory { source in
            try Archives.makeTree(in: source)
            for format in ["gnu", "posix"] {
                let tar = try Archives.run("tar", "-c", "--format=\(format)", "-f", "-", ".", directory: source)
                try Unpacking.run { unpacking in
                    try unpacking.apply(tar, step: 3000)
                    // GNU format keeps no fractions of seconds.
                    let print = format == "posix" ? "%P %y %m %s %n %TY%Tm%Td%TH%TM%TS %l" : "%P %y %m %s %n %l"
                    let find = "find . -mindepth 1 -not -type d -printf '\(print)\\n' | sort"
                    let expected = try Archives.run("sh", "-c", find, directory: source)
                    #expect(try Archives.run("sh", "-c", find, directory: unpacking.root) == expected)
                    #expect(
                        try Archives.run("diff", "-r", "--no-dereference", "-x", "pipe", source, unpacking.root).isEmpty
                    )
                }
            }
        }
    }
}
