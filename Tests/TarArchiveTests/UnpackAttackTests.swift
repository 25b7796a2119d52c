// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Foundation
import Synchronization
import Testing

@testable import TarArchive

/// One test for each way in which archives have broken out of, or broken, unpackers of other tools.
@Suite struct UnpackAttackTests {
    @Test(arguments: ["../x", "a/../../x", "..", "a/../../../etc/passwd", "./../x"])
    func `names with dot-dot that lead out`(name: String) throws {
        try Unpacking.run { unpacking in
            #expect(throws: UnpackError.breakout(path: name, target: nil)) {
                try unpacking.apply { $0.add(name, content: [1]) }
            }
        }
    }

    @Test func `names that only look like escapes stay inside`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add("/abs", content: Array("1".utf8))
                $0.add("/../clamped", content: Array("2".utf8))
                $0.add("a/../b", content: Array("3".utf8))
                $0.add("...", content: Array("4".utf8))
            }
            #expect(unpacking.content("abs") == "1")
            #expect(unpacking.content("clamped") == "2")
            #expect(unpacking.content("b") == "3")
            #expect(unpacking.content("...") == "4")
        }
    }

    @Test(arguments: [".", "", "./", "/", "a/.."]) func `names of the root`(name: String) throws {
        try Unpacking.run { unpacking in
            try unpacking.apply { $0.add(name, type: "5") }
            #expect(throws: UnpackError.rootNotDirectory(path: name)) {
                try unpacking.apply { $0.add(name, content: [1]) }
            }
            // umoci CVE-2021-29136: the root itself turned into a link.
            #expect(throws: UnpackError.rootNotDirectory(path: name)) {
                try unpacking.apply { $0.add(name, type: "2", link: unpacking.canary) }
            }
        }
    }

    @Test func `long names, long components, bytes that are no text`() throws {
        try Unpacking.run { unpacking in
            let component = String(repeating: "c", count: 256)
            #expect(throws: UnpackError.nameTooLong(path: component, limit: 255)) {
                try unpacking.apply {
                    $0.addPax([("path", component)])
                    $0.add("x")
                }
            }
            for (path, what, limit, option) in [
                (String(repeating: "dir/", count: 1100), "path of 4400 bytes", 4096, "maxPathLength"),
                (String(repeating: "d/", count: 512) + "f", "path of 513 components", 512, "maxPathDepth"),
            ] {
                #expect(throws: TarError.limitExceeded(what: what, limit: Int64(limit), option: option)) {
                    try unpacking.apply {
                        $0.addPax([("path", path)])
                        $0.add("x")
                    }
                }
            }
            try unpacking.apply { $0.add([0x61, 0xFF, 0xFE], content: []) }
            let names = try Archives.run("ls", "--quoting-style=c", unpacking.root)
            #expect(String(decoding: names, as: UTF8.self) == "\"a\\377\\376\"\n")
        }
    }

    @Test func `a symlinked parent that points out`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add("out", type: "2", link: unpacking.canary)
                $0.add("up", type: "2", link: "../../../../../..\(unpacking.canary)")
                $0.add("out/file", content: Array("evil".utf8))
                $0.add("up/other", content: Array("evil".utf8))
            }
            // Both were taken as the layer's own root has it.
            #expect(unpacking.content(String(unpacking.canary.dropFirst()) + "/file") == "evil")
            #expect(unpacking.content(String(unpacking.canary.dropFirst()) + "/other") == "evil")
        }
    }

    @Test func `a parent replaced by a symlink in mid-archive`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add("d/one", content: Array("1".utf8))
                $0.add("d", type: "2", link: unpacking.canary)
                $0.add("d/file", content: Array("evil".utf8))
            }
            #expect(unpacking.link("d") == unpacking.canary)
        }
    }

    @Test func `a file written through a symlink of the same name`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add("f", type: "2", link: unpacking.canary + "/file")
                $0.add("f", content: Array("evil".utf8))
            }
            #expect(unpacking.kind("f") == S_IFREG)
        }
    }

    @Test func `chmod and times through a symlink`() throws {
        // containerd CVE-2021-32760.
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add("l", type: "2", link: unpacking.canary) { TarBytes.put(Array("0000777".utf8), at: 100, in: &$0) }
                $0.add("d/", type: "5")
                $0.add("d", type: "2", link: unpacking.canary)
            }
            #expect(unpacking.link("l") == unpacking.canary)
        }
    }

    @Test func `another thread flips a directory and a symlink`() throws {
        // containerd CVE-2025-47290.
        try Unpacking.run { unpacking in
            let stop = Atomic(false)
            let (root, canary) = (unpacking.root, unpacking.canary)
            try FileManager.default.createDirectory(atPath: root + "/d", withIntermediateDirectories: true)
            DispatchQueue.concurrentPerform(iterations: 2) { worker in
                if worker == 0 {
                    while !stop.load(ordering: .relaxed) {
                        rename(root + "/d", root + "/d.real")
                        symlink(canary, root + "/d")
                        unlink(root + "/d")
                        rename(root + "/d.real", root + "/d")
                    }
                } else {
                    for _ in 0..<200 {
                        // Errors are fine, breaking out is not.
                        _ = try? unpacking.apply {
                            $0.add("d/sub/x", content: [1])
                            $0.add("d/file", content: [1])
                            $0.add("e", content: [1])
                            $0.add("d/y", type: "1", link: "e")
                        }
                    }
                    stop.store(true, ordering: .relaxed)
                }
            }
        }
    }

    @Test func `hard links that lead out`() throws {
        try Unpacking.run { unpacking in
            for target in ["../canary/file", "a/../../canary/file"] {
                #expect(throws: UnpackError.breakout(path: "l", target: target)) {
                    try unpacking.apply { $0.add("l", type: "1", link: target) }
                }
            }
            // Through a symlinked parent, and to the host's absolute path.
            #expect(throws: UnpackError.self) {
                try unpacking.apply {
                    $0.add("s", type: "2", link: unpacking.canary)
                    $0.add("l", type: "1", link: "s/file")
                }
            }
            #expect(throws: UnpackError.self) {
                try unpacking.apply { $0.add("l", type: "1", link: unpacking.canary + "/file") }
            }
            #expect(unpacking.status("l") == nil)
        }
    }

    @Test func `a hard link to a symlink is the symlink`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add("s", type: "2", link: unpacking.canary + "/file")
                $0.add("l", type: "1", link: "s")
                $0.add("l", content: Array("evil".utf8))
                $0.add("m", type: "1", link: "s")
            }
            #expect(unpacking.content("l") == "evil")
            #expect(unpacking.link("m") == unpacking.canary + "/file")
        }
    }

    @Test func `hard links to nothing`() throws {
        try Unpacking.run { unpacking in
            let cases: [(String, String)] = [
                ("later", "no such file in this layer"), ("l", "no such file in this layer"),
                ("gone", "no such file in this layer"), ("d", "it is a directory"), ("/", "it is the root"),
            ]
            for (target, reason) in cases {
                let error = UnpackError.badHardLink(path: "l", target: target, reason: reason)
                #expect(throws: error) {
                    try unpacking.apply {
                        $0.add("d/", type: "5")
                        $0.add(".wh.gone")
                        $0.add("l", type: "1", link: target)
                        $0.add("later", content: [1])
                    }
                }
            }
        }
    }

    @Test func `a hard link to itself keeps the file`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add("d/f", content: Array("data".utf8))
                $0.add("s", type: "2", link: "d")
                $0.add("d/f", type: "1", link: "d/f")
                $0.add("s/f", type: "1", link: "/d/f")
            }
            #expect(unpacking.content("d/f") == "data")
        }
    }

    @Test func `symlink cycles and chains of 41 end in an error`() throws {
        try Unpacking.run { unpacking in
            let error = #expect(throws: UnpackError.self) {
                try unpacking.apply {
                    $0.add("a", type: "2", link: "b")
                    $0.add("b", type: "2", link: "a")
                    $0.add("a/x", content: [1])
                }
            }
            #expect(error?.description == "unpacking \"a/x\": open a: too many levels of symbolic links")
            #expect(throws: UnpackError.self) {
                try unpacking.apply { tar in
                    tar.add("end/", type: "5")
                    tar.add("l0", type: "2", link: "end")
                    for index in 1...40 { tar.add("l\(index)", type: "2", link: "l\(index - 1)") }
                    tar.add("l40/x", content: [1])
                }
            }
            try unpacking.apply { $0.add("l39/x", content: [1]) }
            #expect(unpacking.kind("end/x") == S_IFREG)
        }
    }

    @Test(arguments: [".wh.", ".wh..", ".wh...", "d/.wh.", "d/.wh..."])
    func `whiteouts of nothing`(name: String) throws {
        try Unpacking.run { unpacking in
            for form in [Unpacking.overlay, .flat] {
                #expect(throws: UnpackError.invalidWhiteout(path: name)) {
                    try unpacking.apply(form: form) { $0.add(name) }
                }
            }
        }
    }

    @Test func `a whiteout through a symlinked directory`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply(form: .flat) {
                $0.add("s", type: "2", link: unpacking.canary)
                $0.add("s/.wh.file")
                $0.add("s/.wh..wh..opq")
                $0.add(".wh.s")
            }
            #expect(FileManager.default.fileExists(atPath: unpacking.canary + "/file"))
        }
    }

    @Test func `overlay records forged in an archive are dropped`() throws {
        try Unpacking.run { unpacking in
            let summary = try unpacking.apply {
                $0.add("fake", type: "3")
                for name in ["trusted.overlay.opaque", "trusted.overlay.redirect", "user.overlay.opaque"] {
                    $0.addPax([("SCHILY.xattr.\(name)", "y")])
                    $0.add("d/", type: "5")
                }
                $0.addPax([("SCHILY.xattr.user.overlay.metacopy", "")])
                $0.add("f", content: [1])
            }
            #expect(summary.forgedWhiteouts == 1)
            #expect(summary.skippedXattrs == 4)
            #expect(unpacking.status("fake") == nil)
            #expect(!unpacking.isOpaque("d"))
        }
    }

    @Test(.enabled(if: geteuid() == 0)) func `devices and set-uid bits are kept for root`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add("null", type: "3") {
                    TarBytes.put(Array("0000001".utf8), at: 329, in: &$0)
                    TarBytes.put(Array("0000003".utf8), at: 337, in: &$0)
                    TarBytes.put(Array("0000666".utf8), at: 100, in: &$0)
                }
                $0.add("su", content: [1]) {
                    TarBytes.put(Array("0006755".utf8), at: 100, in: &$0)
                    TarBytes.put(Array("0001750".utf8), at: 108, in: &$0)
                }
                $0.add("sticky/", type: "5") { TarBytes.put(Array("0001777".utf8), at: 100, in: &$0) }
            }
            #expect(unpacking.status("null")?.st_rdev == 0x103)
            #expect(unpacking.mode("null") == 0o666)
            #expect(unpacking.mode("su") == 0o6755)
            #expect(unpacking.status("su")?.st_uid == 1000)
            #expect(unpacking.mode("sticky") == 0o1777)
        }
    }

    @Test func `a FIFO is made and never opened`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add("pipe", type: "6")
                $0.addPax([("SCHILY.xattr.user.x", "1")])
                $0.add("pipe", type: "6")
                $0.add("hard", type: "1", link: "pipe")
                $0.add("pipe", content: Array("now a file".utf8))
            }
            #expect(unpacking.kind("hard") == S_IFIFO)
            #expect(unpacking.content("pipe") == "now a file")
        }
    }

    @Test func `limits stop a layer that grows too big`() throws {
        try Unpacking.run { unpacking in
            var limits = TarLimits()
            limits.maxTotalBytes = 10
            let error = #expect(throws: UnpackError.self) {
                try unpacking.apply(limits: limits) {
                    $0.add("a", content: [UInt8](repeating: 1, count: 6))
                    $0.add("b", content: [UInt8](repeating: 1, count: 6))
                }
            }
            #expect(error?.description == "entry \"b\": content of the layer exceeds maxTotalBytes (10)")
            limits = TarLimits()
            limits.maxEntries = 5
            #expect(
                throws: TarError.limitExceeded(
                    what: "number of files and directories", limit: 5, option: "maxEntries")
            ) {
                try unpacking.apply(limits: limits) {
                    $0.add("1/2/3/f")
                    $0.add("4/5/6/f")
                }
            }
            limits = TarLimits()
            limits.maxXattrSize = 4
            #expect(throws: UnpackError.self) {
                try unpacking.apply(limits: limits) {
                    $0.addPax([("SCHILY.xattr.user.big", "12345")])
                    $0.add("a")
                }
            }
        }
    }

    @Test(.enabled(if: geteuid() == 0)) func `owners beyond 32 bits are an error, not root`() throws {
        try Unpacking.run { unpacking in
            for uid in ["4294967296", "4294967295"] {
                #expect(throws: UnpackError.self) {
                    try unpacking.apply {
                        $0.addPax([("uid", uid)])
                        $0.add("a")
                    }
                }
            }
        }
    }

    @Test func `a truncated layer is an error`() throws {
        try Unpacking.run { unpacking in
            var tar = TarBytes()
            tar.add("a", content: [1, 2, 3], size: 5000)
            #expect(throws: TarError.truncated(offset: Int64(tar.bytes.count))) { try unpacking.apply(tar.bytes) }
        }
    }
}
