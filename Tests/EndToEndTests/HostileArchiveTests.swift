// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Archives that `load` must refuse, leaving nothing behind.
struct HostileArchiveTests {
    private typealias Member = TestTar.Member

    private let dockerlite: DockerliteProcess
    private let image: TestImage

    init() throws {
        dockerlite = try DockerliteProcess(program: "docker")
        image = TestImage(layers: [try TestLayer(["a": Array("a".utf8)]), try TestLayer(["b": Array("b".utf8)])])
    }

    /// docker's archive of the image, bent by `change`.
    private func docker(_ change: (inout [Member]) -> Void) throws -> [UInt8] {
        var members = try image.members(as: "evil:1")
        change(&members)
        return TestTar.archive(members)
    }

    /// The image as an OCI layout, bent by `change`.
    private func oci(_ change: (inout [Member]) throws -> Void) throws -> [UInt8] {
        let layout = try TestLayout()
        var members = try layout.members(try image.write(to: layout), as: "evil:1")
        try change(&members)
        return TestTar.archive(members)
    }

    private static func manifest(_ text: String) -> (inout [Member]) -> Void {
        { members in
            members.removeAll { $0.path == "manifest.json" }
            members.append(Member("manifest.json", Array(text.utf8)))
        }
    }

    private func refuse(
        _ archive: [UInt8], saying text: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let load = try dockerlite.run("load", input: archive)
        #expect(load.status == 1, sourceLocation: sourceLocation)
        #expect(load.errors.contains(text), "\(load.errors)", sourceLocation: sourceLocation)
        #expect(load.text.isEmpty, "\(load.text)", sourceLocation: sourceLocation)
        for directory in ["blobs/sha256", "ingest"] {
            let names = try FileManager.default.contentsOfDirectory(atPath: "\(dockerlite.root)/\(directory)")
            #expect(names.isEmpty, "\(names)", sourceLocation: sourceLocation)
        }
        #expect(try dockerlite.run("images", "-aq").text.isEmpty, sourceLocation: sourceLocation)
        let check = try dockerlite.run("system", "check", "--deep")
        #expect(check.status == 0, "\(check.text)\(check.errors)", sourceLocation: sourceLocation)
    }

    @Test func `the archives are fine as long as nobody bends them`() throws {
        #expect(try dockerlite.run("load", input: docker { _ in }).text == "Loaded image: evil:1\n")
        #expect(try dockerlite.run("load", input: oci { _ in }).text.contains("Loaded image: evil:1\n"))
    }

    @Test func `an archive that takes a name over says so, and the old image stays`() throws {
        // CVE-2026-50195: an import that silently moved a tag.
        #expect(try dockerlite.run("load", input: docker { _ in }).status == 0)
        let old = try dockerlite.run("images", "-q", "--no-trunc").text.dropLast()
        let other = try TestImage(layers: [try TestLayer(["c": [3]])]).archive(as: "evil:1")
        let load = try dockerlite.run("load", input: other)
        #expect(
            load.text == "The image evil:1 already exists, renaming the old one with ID \(old) to empty string\n"
                + "Loaded image: evil:1\n")
        #expect(try dockerlite.run("images", "-q", "--no-trunc", "-f", "dangling=true").text == old + "\n")
    }

    @Test func `names that would steer a terminal are written out`() throws {
        let name = "a\u{1b}]0;title\u{7}\nb"
        let archive = try docker { members in
            for content in [1, 2] as [UInt8] { members.append(Member(name, [content])) }
        }
        let load = try dockerlite.run("load", input: archive)
        #expect(load.status == 1)
        #expect(load.errors.contains("is in it twice"), "\(load.errors)")
        #expect(!load.errors.contains("\u{1b}") && !load.errors.contains("\u{7}"))
    }

    @Test(arguments: ["../evil", "a/../../evil", "/etc/evil", "a/b/../../../evil"])
    func `a name that points out of the archive`(name: String) throws {
        try refuse(docker { $0.insert(Member(name, [1]), at: 0) }, saying: "points out of the archive")
        try refuse(docker { $0.append(Member(name, [1])) }, saying: "points out of the archive")
    }

    @Test(arguments: ["1", "2"] as [Character], ["/etc/passwd", "../../../../etc/passwd"])
    func `a layer that is a link out of the archive`(type: Character, target: String) throws {
        let archive = try docker { members in
            members.append(Member("x/layer.tar", type: type, link: target))
        }
        try refuse(archive, saying: "points out of the archive")
    }

    @Test(arguments: ["manifest.json", "config.json", "blobs/sha256/x", "x"])
    func `a link in place of a file`(name: String) throws {
        let archive = try docker { members in
            members.removeAll { $0.path == name }
            members.append(Member(name, type: "2", link: "other"))
        }
        try refuse(archive, saying: "\"\(name)\" is a link")
    }

    @Test(arguments: ["3", "4", "6"] as [Character])
    func `a device or pipe`(type: Character) throws {
        try refuse(docker { $0.append(Member("dev", type: type)) }, saying: "\"dev\" is neither a file nor a directory")
    }

    @Test(arguments: ["manifest.json", "config.json"])
    func `a name that is in it twice, with other contents`(name: String) throws {
        try refuse(
            docker { $0.append(Member("./" + name, Array("[]".utf8))) }, saying: "\"\(name)\" is in it twice")
        // The same again is what some writers of archives do.
        let archive = try docker { members in members += members }
        #expect(try dockerlite.run("load", "-q", input: archive).status == 0)
    }

    @Test func `a file that is missing`() throws {
        try refuse(docker { $0.removeAll { $0.path == "config.json" } }, saying: "config.json is missing")
        try refuse(
            docker { members in
                if let layer = members.firstIndex(where: { $0.path.hasSuffix(".tar") }) { members.remove(at: layer) }
            }, saying: ".tar is missing")
        try refuse(oci { $0.removeFirst() }, saying: " is missing")
        try refuse(docker { $0.removeAll { $0.path == "manifest.json" } }, saying: "no image archive")
        try refuse([], saying: "no image archive")
    }

    @Test func `content that isn't what its digest says`() throws {
        try refuse(
            oci { members in
                for index in members.indices where members[index].path.hasPrefix("blobs/") {
                    members[index].contents[members[index].contents.count / 2] ^= 1
                }
            }, saying: "has the digest sha256:")
        // Two layers in each other's place: whole, but not what the config says.
        try refuse(
            docker { members in
                let layers = members.indices.filter { members[$0].path.hasSuffix(".tar") }
                let first = members[layers[0]].contents
                members[layers[0]].contents = members[layers[1]].contents
                members[layers[1]].contents = first
            }, saying: "invalid diffID for layer 0")
    }

    @Test(arguments: [
        ("", "no JSON"), ("{", "no JSON"), ("null", "invalid manifest"), ("{}", "invalid manifest"),
        ("[1]", "no config"),
        ("[{}]", "no config"), (#"[{"Config":1}]"#, "no config"),
        (#"[{"Config":"../../etc/passwd"}]"#, "out of the archive"),
        (#"[{"Config":"/etc/passwd"}]"#, "out of the archive"),
        (#"[{"Config":"manifest.json"}]"#, "invalid image configuration"),
        (#"[{"Config":"config.json"}]"#, "layers length mismatch"),
        (#"[{"Config":"config.json","Layers":["../../etc/passwd","/etc/passwd"]}]"#, "out of the archive"),
        (#"[{"Config":"config.json","Layers":["config.json","config.json"]}]"#, "is no layer"),
        (#"[{"Config":"config.json","RepoTags":["UPPER"],"Layers":[]}]"#, "invalid tag"),
        (#"[{"Config":"config.json","RepoTags":["a/b:c d"],"Layers":[]}]"#, "invalid tag"),
    ])
    func `a manifest of the wrong shape`(text: String, error: String) throws {
        try refuse(docker(Self.manifest(text)), saying: error)
    }

    @Test(arguments: ["null", "[]", "1", #"{"rootfs":null}"#, #"{"rootfs":{"type":"layers","diff_ids":["sha256:x"]}}"#])
    func `a config of the wrong shape`(text: String) throws {
        let archive = try docker { members in
            members.removeAll { $0.path == "config.json" }
            members.append(Member("config.json", Array(text.utf8)))
        }
        try refuse(archive, saying: "invalid ")
    }

    @Test(arguments: ["1", "\"text\"", "true", ""])
    func `a config that is no object says so`(text: String) throws {
        let archive = try docker { members in
            members.removeAll { $0.path == "config.json" }
            members.append(Member("config.json", Array(text.utf8)))
        }
        try refuse(archive, saying: text.isEmpty ? "invalid image configuration" : "config.json is no JSON object")
    }

    @Test(arguments: [100, 512, 513, 2000, 5000])
    func `an archive that ends early`(length: Int) throws {
        let whole = try docker { _ in }
        try refuse(Array(whole.prefix(length)), saying: "unexpected EOF")
        let compressed = try TestCommand.check(["gzip", "-c"], input: whole)
        try refuse(Array(compressed.dropLast(compressed.count > length ? 9 : 1)), saying: "unexpected EOF")
    }

    @Test func `bytes after a compressed archive`() throws {
        let compressed = try TestCommand.check(["gzip", "-c"], input: docker { _ in })
        try refuse(compressed + Array("garbage that is no gzip".utf8), saying: "trailing garbage")
    }

    @Test func `a layer that is larger than the disk`() throws {
        var header = TestTar.header(path: "huge.tar", size: 0, type: "0")
        // 2 to the 50th bytes in GNU's base-256 notation.
        header.replaceSubrange(124..<136, with: [0x80, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0])
        header.replaceSubrange(148..<156, with: Array("        ".utf8))
        let sum = String(header.reduce(0) { $0 + Int($1) }, radix: 8)
        header.replaceSubrange(
            148..<156, with: Array((String(repeating: "0", count: 6 - sum.count) + sum + "\0 ").utf8))
        let zeros = [UInt8](repeating: 0, count: 8 << 20)
        try refuse(header + zeros, saying: "no space left on device")
    }

    @Test func `an index in an index`() throws {
        let layout = try TestLayout()
        let inner = try layout.index([try image.write(to: layout)])
        let outer = try layout.index([inner])
        try refuse(TestTar.archive(try layout.members(outer, as: "evil:1")), saying: "unsupported media type")
    }

    @Test func `an index whose sizes are wrong`() throws {
        let archive = try oci { members in
            for index in members.indices where members[index].path == "index.json" {
                let text = String(decoding: members[index].contents, as: UTF8.self)
                members[index].contents = Array(text.replacingOccurrences(of: "\"size\":", with: "\"size\":1").utf8)
            }
        }
        try refuse(archive, saying: "its descriptor says")
    }

    @Test func `a layout directory with a link in it`() throws {
        let directory = try TemporaryDirectory()
        let layout = try TestLayout()
        for member in try layout.members(try image.write(to: layout), as: "evil:1") {
            try directory.write(String(decoding: member.contents, as: UTF8.self), to: member.path)
        }
        try FileManager.default.createSymbolicLink(
            atPath: directory.path + "/blobs/sha256/" + String(repeating: "a", count: 64),
            withDestinationPath: "/etc/passwd")
        let load = try dockerlite.run("load", "-i", directory.path)
        #expect(load.status == 1)
        #expect(try dockerlite.run("images", "-aq").text.isEmpty)
    }
}
