// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Foundation
import Testing

@testable import TarArchive

@Suite struct LayerPackerTests {
    private func pack(_ path: String, form: LayerPacker.Form, keepsNanoseconds: Bool = false) throws -> [UInt8] {
        let directory = try OwnedFD(opening: path, flags: O_RDONLY | O_DIRECTORY)
        var bytes: [UInt8] = []
        try LayerPacker.pack(directory, form: form, keepsNanoseconds: keepsNanoseconds) { bytes.append(contentsOf: $0) }
        return bytes
    }

    private func names(_ bytes: [UInt8]) throws -> [String] { try Archives.entries(bytes).map(\.displayPath) }

    @Test func `a tree comes back as it was`() throws {
        try Archives.withDirectory { source in
            try Archives.makeTree(in: source)
            let bytes = try pack(source, form: .flat, keepsNanoseconds: true)
            #expect(try pack(source, form: .flat, keepsNanoseconds: true) == bytes)
            try Unpacking.run { unpacking in
                try unpacking.apply(bytes, form: .flat, step: 700)
                let find = "find . -mindepth 1 -printf '%P %y %m %n %U %G %TY%Tm%Td%TH%TM%TS %l\\n' | sort"
                let expected = try Archives.run("sh", "-c", find, directory: source)
                #expect(try Archives.run("sh", "-c", find, directory: unpacking.root) == expected)
                let diff = try Archives.run("diff", "-r", "--no-dereference", "-x", "pipe", source, unpacking.root)
                #expect(diff.isEmpty)
            }
        }
    }

    @Test func `GNU tar unpacks what we pack`() throws {
        try Archives.withDirectory { source in
            try Archives.makeTree(in: source)
            try Archives.withDirectory { target in
                try Data(pack(source, form: .flat)).write(to: URL(fileURLWithPath: target + ".tar"))
                defer { unlink(target + ".tar") }
                try Archives.run("tar", "-xpf", target + ".tar", directory: target)
                #expect(try Archives.run("diff", "-r", "--no-dereference", "-x", "pipe", source, target).isEmpty)
            }
        }
    }

    @Test func `order is lexical, directories before what is in them`() throws {
        try Archives.withDirectory { source in
            for path in ["b", "a/z", "a/B", "a.b", "a/é"] {
                let url = URL(fileURLWithPath: "\(source)/\(path)")
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data().write(to: url)
            }
            #expect(try names(pack(source, form: .flat)) == ["a/", "a/B", "a/z", "a/é", "a.b", "b"])
        }
    }

    @Test func `sockets are left out and FIFOs not opened`() throws {
        try Archives.withDirectory { source in
            mkfifo(source + "/pipe", 0o600)
            let fd = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(fd) }
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array("\(source)/sock".utf8)) }
            let length = socklen_t(MemoryLayout<sockaddr_un>.size)
            let bound = withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(fd, $0, length) }
            }
            try #require(bound == 0)
            #expect(try names(pack(source, form: .flat)) == ["pipe"])
        }
    }

    @Test func `whiteouts and opaque directories become names again`() throws {
        try Unpacking.run { unpacking in
            try unpacking.apply {
                $0.add("d/", type: "5")
                $0.add("d/.wh..wh..opq")
                $0.add("d/new", content: [1])
                $0.add(".wh.gone")
                $0.add("sub/.wh.gone too")
            }
            let bytes = try pack(unpacking.root, form: .overlay)
            // In the order of the names on disk, as docker walks them.
            #expect(try names(bytes) == ["d/", "d/.wh..wh..opq", "d/new", ".wh.gone", "sub/", "sub/.wh.gone too"])
            let entries = try Archives.entries(bytes)
            #expect(entries.first { $0.displayPath == ".wh.gone" }?.mode == 0o600)
            #expect(entries.allSatisfy { $0.xattrs.isEmpty })
            try Unpacking.run { again in
                try again.apply(bytes)
                #expect(again.isWhiteout("gone"))
                #expect(again.isOpaque("d"))
                #expect(try pack(again.root, form: .overlay) == bytes)
            }
        }
    }

    @Test(.enabled(if: geteuid() == 0)) func `renames that overlayfs only noted are refused`() throws {
        try Archives.withDirectory { source in
            try FileManager.default.createDirectory(atPath: source + "/d", withIntermediateDirectories: true)
            // tmpfs and ext4 both keep trusted attributes for root.
            try #require(lsetxattr(source + "/d", "trusted.overlay.redirect", "x", 1, 0) == 0)
            let error = PackError.unsupportedOverlay(path: "d", xattr: "trusted.overlay.redirect")
            #expect(throws: error) { try pack(source, form: .overlay) }
            #expect(try names(pack(source, form: .flat)) == ["d/"])
        }
    }

    @Test func `attributes of the user are kept, times are cut as docker does`() throws {
        try Archives.withDirectory { source in
            try Data("x".utf8).write(to: URL(fileURLWithPath: source + "/f"))
            try #require(lsetxattr(source + "/f", "user.note", "hello", 5, 0) == 0)
            let entry = try #require(try Archives.entries(pack(source, form: .flat)).first)
            #expect(entry.xattrs == [.init(name: Array("user.note".utf8), value: Array("hello".utf8))])
            #expect(entry.modificationTime.nanoseconds == 0)
        }
    }
}
