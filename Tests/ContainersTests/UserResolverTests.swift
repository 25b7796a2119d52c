// SPDX-License-Identifier: Apache-2.0
import Foundation
import TarArchive
import Testing

@testable import Containers

struct UserResolverTests {
    private let resolver = UserResolver(
        passwd: Array(
            "root:x:0:0::/root:/bin/sh\nweb:x:101:102::/srv:\n1000:x:0:0::/evil:\nbad:x:4294967296:0::/:\n".utf8),
        group: Array("root:x:0:\nweb:x:102:\nlog:x:103:web,other\n".utf8)
    )

    @Test func `names, numbers and groups`() throws {
        #expect(try resolver.resolve("") == ResolvedUser(uid: 0, gid: 0, groups: [0], home: "/root"))
        #expect(try resolver.resolve("web") == ResolvedUser(uid: 101, gid: 102, groups: [102, 103], home: "/srv"))
        #expect(try resolver.resolve("101") == ResolvedUser(uid: 101, gid: 102, groups: [102, 103], home: "/srv"))
        #expect(try resolver.resolve("web:log") == ResolvedUser(uid: 101, gid: 103, groups: [103], home: "/srv"))
        #expect(try resolver.resolve("500:600") == ResolvedUser(uid: 500, gid: 600, groups: [600], home: "/"))
        #expect(try resolver.resolve("500", additional: ["log", "7"]).groups == [0, 103, 7])
    }

    @Test func `a name that is a number does not shadow the number`() throws {
        #expect(try resolver.resolve("1000") == ResolvedUser(uid: 1000, gid: 0, groups: [0], home: "/"))
    }

    @Test(arguments: ["4294967296", "-1", "2147483648", "99999999999999999999", "0:4294967296"])
    func `numbers out of range are refused`(text: String) {
        #expect(throws: ContainerError.invalid("uids and gids must be in range 0-2147483647")) {
            try resolver.resolve(text)
        }
    }

    @Test(arguments: [
        ("nosuch", "unable to find user nosuch: no matching entries in passwd file"),
        ("0x0", "unable to find user 0x0: no matching entries in passwd file"),
        ("bad", "unable to find user bad: no matching entries in passwd file"),
        ("web:nosuch", "unable to find group nosuch: no matching entries in group file"),
    ])
    func `unknown names have docker's texts`(text: String, message: String) {
        #expect(throws: ContainerError.invalid(message)) { try resolver.resolve(text) }
    }

    @Test func `a line without end is skipped`() throws {
        let long = Array(repeating: UInt8(ascii: "a"), count: 1 << 20) + Array("\nweb:x:5:5::/w:\n".utf8)
        #expect(try UserResolver(passwd: long, group: []).resolve("web").uid == 5)
    }

    @Test func `an account file is read beneath the root, bounded, and only if it is a file`() throws {
        let root = "/tmp/dockerlite-accounts-\(UInt64.random(in: 0...UInt64.max))"
        defer { try? FileManager.default.removeItem(atPath: root) }
        try FileManager.default.createDirectory(atPath: root + "/etc", withIntermediateDirectories: true)
        try "inside\n".write(toFile: root + "/etc/real", atomically: false, encoding: .utf8)
        let files = try ContainedFiles(root: root)
        for (name, target) in [
            ("absolute", "/etc/real"), ("climbing", "../../../../etc/real"), ("host", "/etc/hostname"),
            ("zero", "/dev/zero"), ("loop", "loop"), ("magic", "/proc/self/fd/0"),
        ] { symlink(target, "\(root)/etc/\(name)") }
        mkfifo(root + "/etc/fifo", 0o600)
        #expect(try files.read("/etc/absolute", limit: 100) == Array("inside\n".utf8))
        #expect(try files.read("/etc/climbing", limit: 100) == Array("inside\n".utf8))
        for name in ["host", "zero", "loop", "magic", "fifo", "missing"] {
            #expect(try files.read(BytePath("/etc/\(name)"), limit: 100).isEmpty, "\(name)")
        }
        #expect(try files.read("/etc/real", limit: 3).count == 3)
    }
}
