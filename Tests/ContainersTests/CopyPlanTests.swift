// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Containers

/// What docker's client decides before anything is copied.
struct CopyPlanTests {
    private func plan(
        _ source: String, isDirectory: Bool = false, alias: String? = nil, to path: String, exists: Bool = false,
        isDestinationDirectory: Bool = false
    ) throws(CopyError) -> (String, String) {
        let plan = try CopyPlan(
            from: CopySource(path: CopyPath(source), isDirectory: isDirectory, alias: alias),
            to: CopyDestination(path: CopyPath(path), exists: exists, isDirectory: isDestinationDirectory))
        return (plan.directory, plan.name)
    }

    @Test func `into a directory that is there`() throws {
        #expect(try plan("/a/f", to: "/d", exists: true, isDestinationDirectory: true) == ("/d", "f"))
        #expect(
            try plan("/a", isDirectory: true, to: "/d/", exists: true, isDestinationDirectory: true) == ("/d/", "a"))
        #expect(
            try plan("/a/.", isDirectory: true, to: "/d", exists: true, isDestinationDirectory: true) == ("/d", "."))
        #expect(try plan("/", isDirectory: true, to: "/d", exists: true, isDestinationDirectory: true) == ("/d", "."))
        #expect(
            try plan("/target", alias: "link", to: "/d", exists: true, isDestinationDirectory: true) == ("/d", "link"))
    }

    @Test func `to a new name, whatever the source is called`() throws {
        #expect(try plan("/a/f", to: "/d/new") == ("/d", "new"))
        #expect(try plan("/a/f", to: "new") == (".", "new"))
        #expect(try plan("/a/f", to: "/d/old", exists: true) == ("/d", "old"))
        #expect(try plan("/a/.", isDirectory: true, to: "/d/new/") == ("/d", "new"))
        #expect(try plan("/", isDirectory: true, to: "/new") == ("/", "new"))
    }

    @Test func `what can't be`() {
        #expect(throws: CopyError.cannotCopyDirectory) { try plan("/a", isDirectory: true, to: "/f", exists: true) }
        #expect(throws: CopyError.noSuchDirectory) { try plan("/a/f", to: "/new/") }
        #expect(throws: CopyError.noSuchDirectory) { try plan("/a/f", to: "/new/.") }
    }

    @Test(arguments: [
        ("/a//b/../c", "/a/c"), ("a/./b", "a/b"), ("../x", "../x"), ("a/../../x", "../x"), ("", "."), ("/..", "/"),
        ("./", "."),
    ])
    func `paths are cleaned as Go does`(path: String, cleaned: String) {
        #expect(CopyPath(path).cleaned == cleaned)
    }

    @Test func `the end of what was typed is kept`() {
        #expect(CopyPath(absolute: "/home/src/", typed: "src/").text == "/home/src/")
        #expect(CopyPath(absolute: "/home/src/.", typed: "src/.").text == "/home/src/.")
        #expect(CopyPath(absolute: "/home/./src", typed: "./src").text == "/home/src")
        #expect(CopyPath(absolute: "/home/.", typed: ".").text == "/home/.")
    }

    @Test func `local links are followed when asked, and then give the name`() throws {
        let base = "/tmp/dockerlite-copy-\(UInt64.random(in: 0...UInt64.max))"
        try FileManager.default.createDirectory(atPath: base + "/real", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: base) }
        try "x".write(toFile: base + "/real/file", atomically: false, encoding: .utf8)
        symlink("real/file", base + "/link")
        symlink("real", base + "/dir")
        symlink("nowhere", base + "/broken")
        let link = try HostPath.source(CopyPath(base + "/link"), followsLink: false)
        #expect(link == CopySource(path: CopyPath(base + "/link"), isDirectory: false))
        let followed = try HostPath.source(CopyPath(base + "/link"), followsLink: true)
        #expect(followed == CopySource(path: CopyPath(base + "/real/file"), isDirectory: false, alias: "link"))
        let inside = try HostPath.source(CopyPath(base + "/dir/"), followsLink: false)
        #expect(inside == CopySource(path: CopyPath(base + "/real/"), isDirectory: true, alias: "dir"))
        #expect(throws: CopyError("lstat \(base)/nowhere: no such file or directory")) {
            try HostPath.source(CopyPath(base + "/broken"), followsLink: true)
        }
        #expect(throws: CopyError("lstat \(base)/none: no such file or directory")) {
            try HostPath.source(CopyPath(base + "/none/x"), followsLink: false)
        }
        #expect(throws: CopyError.notADirectory) {
            try HostPath.source(CopyPath(base + "/real/file/"), followsLink: false)
        }
        #expect(
            try HostPath.destination(CopyPath(base + "/broken")) == CopyDestination(path: CopyPath(base + "/nowhere")))
    }
}
