// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import TarArchive

struct BytePathTests {
    /// `café` in Latin-1: no UTF-8.
    private let latin = BytePath([0x63, 0x61, 0x66, 0xE9])

    @Test func `bytes stay what they are`() {
        #expect(BytePath("/tmp").appending(latin).bytes == Array("/tmp/caf".utf8) + [0xE9])
        #expect(latin.withCString { Array(UnsafeBufferPointer(start: $0, count: 5)) } == [0x63, 0x61, 0x66, -23, 0])
        #expect(latin.text == "caf\u{FFFD}")
        // A repaired name is another name.
        #expect(BytePath(latin.text) != latin)
    }

    @Test(arguments: [
        ("/a//b/./c/", ["a", "b", "c"]), ("a/../b", ["b"]), ("/../..", []), ("", []), ("..a/b..", ["..a", "b.."]),
    ])
    func `components are those of the cleaned path`(path: String, names: [String]) {
        #expect(BytePath(path).components.map(\.text) == names)
    }

    @Test func `what following a link needs keeps the ways up`() {
        #expect(BytePath("../a/./b").rawComponents.map(\.text) == ["..", "a", "b"])
    }

    @Test(arguments: [("/a/b", "/a", "b"), ("/a", "/", "a"), ("/", "/", nil), ("/a/b/..", "/", "a")])
    func `parents and names`(path: String, parent: String, name: String?) {
        #expect(BytePath(path).parent == BytePath(parent))
        #expect(BytePath(path).name?.text == name)
    }

    @Test func `a name is put below a directory with one slash`() {
        #expect(BytePath("/").appending("a") == "/a")
        #expect(BytePath("/a").appending("b") == "/a/b")
        #expect(BytePath("").appending("b") == "b")
        #expect(BytePath(root: [] as [BytePath]) == "/")
        #expect(BytePath(root: ["a", latin]).bytes == Array("/a/caf".utf8) + [0xE9])
    }

    @Test(arguments: [
        ("/a/b", "/a", "b"), ("/a", "/a", ""), ("/ab", "/a", nil), ("/a", "/a/b", nil), ("/a/b", "/", "a/b"),
        ("/", "/", ""),
    ])
    func `relative to an ancestor`(path: String, ancestor: String, rest: String?) {
        #expect(BytePath(path).relative(to: BytePath(ancestor)) == rest.map { BytePath($0) })
    }

    @Test func `the order is that of the bytes`() {
        #expect([latin, "b", "a/b", "a", "caf\u{E9}"].sorted() == ["a", "a/b", "b", "caf\u{E9}", latin])
    }
}
