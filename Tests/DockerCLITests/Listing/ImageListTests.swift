// SPDX-License-Identifier: Apache-2.0
import Foundation
import OCI
import Testing

@testable import DockerCLI

/// `image ls`. Expected texts are those of a docker 28.5.2 over the same images; IDs differ with the configs.
struct ImageListTests {
    private let store: ListingStore
    private let images: ListingStore.Transcript

    init() throws {
        store = try ListingStore()
        images = try store.addTranscript()
    }

    @Test func `the table has a row for each name, newest image first`() throws {
        #expect(
            try store.run("images").out == """
                REPOSITORY                 TAG       IMAGE ID       CREATED         SIZE
                m                          3         \(images.third.short)   1 second ago    4.56MB
                m                          2         \(images.second.short)   2 seconds ago   4.26MB
                m                          1         \(images.first.short)   3 seconds ago   4.06MB
                base                       1         \(images.base.short)   3 seconds ago   3.96MB
                localhost:5001/team/base   1         \(images.base.short)   3 seconds ago   3.96MB

                """)
    }

    @Test(arguments: [["images"], ["image", "ls"], ["image", "list"]])
    func `without images there is the header alone`(command: [String]) throws {
        let empty = try ListingStore()
        var test = TestContext()
        test.context.environment["DOCKERLITE_ROOT"] = empty.root
        let outcome = test.run(.top(program: "docker"), command)
        #expect(outcome == .init(code: 0, out: "REPOSITORY   TAG       IMAGE ID   CREATED   SIZE\n"))
    }

    @Test func `quiet prints an ID for each row`() throws {
        let base = images.base.short
        let ids = "\(images.third.short)\n\(images.second.short)\n\(images.first.short)\n\(base)\n\(base)\n"
        #expect(try store.run("images", "-q").out == ids)
        #expect(try store.run("images", "-q", "--no-trunc", "m:3").out == "\(images.third)\n")
        #expect(try store.run("images", "-q", "--format", "raw", "m:3").out == "image_id: \(images.third.short)\n")
        #expect(try store.run("images", "-q", "--format", "{{.Tag}}", "m:3").out == "3\n")
    }

    @Test func `json has docker's keys in their order`() throws {
        #expect(
            try store.run("images", "--format", "json", "m:3").out == """
                {"Containers":"0","CreatedAt":"2026-11-24 14:19:55 +0000 UTC","CreatedSince":"1 second ago",\
                "Digest":"\\u003cnone\\u003e","ID":"\(images.third.short)","Repository":"m","SharedSize":"N/A",\
                "Size":"4.56MB","Tag":"3","UniqueSize":"N/A","VirtualSize":"4.565MB"}

                """)
    }

    @Test func `raw is a block of lines for each row`() throws {
        #expect(
            try store.run("images", "--format", "raw", "m:2").out == """
                repository: m
                tag: 2
                image_id: \(images.second.short)
                created_at: 2026-11-24 14:19:54 +0000 UTC
                virtual_size: 4.26MB


                """)
    }

    @Test func `a table of one's own has headings by the same template`() throws {
        let format = #"table {{upper .Repository}}\t{{truncate .ID 4}}\t{{json .Tag}}\t{{pad .Tag 2 3}}|"#
        #expect(
            try store.run("images", "--format", format, "m:1").out == """
                REPOSITORY   IMAGE ID   TAG         TAG   |
                M            \(images.first.short.prefix(4))       "1"         1   |

                """)
    }

    @Test(arguments: [
        ("{{.ID", "template parsing error: template: :1: unclosed action\n"),
        (
            "{{.Nope}}",
            "template parsing error: template: :1:2: executing \"\" at <.Nope>: can't evaluate field Nope in type "
                + "*formatter.imageContext\n"
        ),
        (
            "{{len .}}",
            "template parsing error: template: :1:2: executing \"\" at <len .>: error calling len: len of type "
                + "formatter.imageContext\n"
        ),
    ])
    func `a bad template fails and prints nothing`(format: String, error: String) throws {
        #expect(try store.run("images", "--format", format) == .init(code: 1, err: error))
    }

    @Test func `the format of the client's config is used without -q and --format`() throws {
        let config = #"{"imagesFormat":"{{.Repository}}"}"#
        #expect(try store.run("images", "m:1", config: config).out == "m\n")
        #expect(try store.run("images", "m:1", "-q", config: config).out == "\(images.first.short)\n")
        #expect(try store.run("images", "m:1", "--format", "{{.Tag}}", config: config).out == "1\n")
    }

    @Test func `digests have a column, and rows of their own without a tag`() throws {
        let pulled = try store.add(
            .init(layers: [.init(content: "x", size: 1)]), ["x:1", "x@{manifest}", "y@{manifest}"])
        let manifest = try #require(try store.store.image(id: pulled)).manifestDigest
        let header =
            "REPOSITORY   TAG       DIGEST" + String(repeating: " ", count: 68)
            + "IMAGE ID       CREATED         SIZE\n"
        #expect(
            try store.run("images", "--digests", "-f", "reference=[xy]").out
                == header + "x            1         \(manifest)   \(pulled.short)   3 seconds ago   1B\n"
                + "y            <none>    \(manifest)   \(pulled.short)   3 seconds ago   1B\n")
        #expect(try store.run("images", "--format", "{{.Tag}} {{.Digest}}", "x").out == "1 \(manifest)\n")
        #expect(
            try store.run("images", "--format", "{{.Repository}}:{{.Tag}}", "-f", "reference=[xy]").out
                == "x:1\ny:<none>\n")
    }

    @Test func `a nameless image is <none>, and one with children is shown by --all only`() throws {
        _ = try store.store.untag(Reference(normalizing: "m:2"))
        _ = try store.store.untag(Reference(normalizing: "m:3"))
        let format = "{{.Repository}}:{{.Tag}} {{.ID}}"
        let dangling = "<none>:<none> \(images.third.short)\n"
        let hidden = "<none>:<none> \(images.second.short)\n"
        let rest =
            "m:1 \(images.first.short)\nbase:1 \(images.base.short)\nlocalhost:5001/team/base:1 \(images.base.short)\n"
        #expect(try store.run("images", "--format", format).out == dangling + rest)
        #expect(try store.run("images", "-a", "--format", format).out == dangling + hidden + rest)
        #expect(try store.run("images", "-f", "dangling=true", "--format", format).out == dangling)
        #expect(try store.run("images", "-f", "dangling=0", "--format", format).out == rest)
    }

    @Test func `a word that is a subcommand gives a hint`() throws {
        let header = "REPOSITORY   TAG       IMAGE ID   CREATED   SIZE\n"
        let hint = "\nNo images found matching \"ls\": did you mean \"docker image ls\"?\n"
        #expect(try store.run("images", "ls") == .init(code: 0, out: header, err: hint))
        #expect(try store.run("image", "ls", "ls") == .init(code: 0, out: header))
        #expect(try store.run("images", "other") == .init(code: 0, out: header))
    }

    @Test func `a tree shows all names of an image above its platform`() throws {
        let manifest = try #require(try store.store.image(id: images.base)).manifestDigest
        #expect(
            try store.run("images", "--tree", "-f", "reference=*/*/base", "-f", "reference=base").out == """
                IMAGE                        ID             DISK USAGE   CONTENT SIZE   EXTRA
                base:1                   \u{20}
                localhost:5001/team/base:1   \(images.base.short)       3.96MB             9B       \u{20}
                └─ linux/amd64               \(manifest.short)       3.96MB             9B       \u{20}


                """)
    }

    @Test(arguments: [
        ("-q", "--quiet"), ("--no-trunc", "--no-trunc"), ("--digests", "--show-digest"), ("--format=x", "--format"),
    ])
    func `a tree goes with no other form`(option: String, name: String) throws {
        #expect(
            try store.run("images", "--tree", option)
                == .init(code: 1, err: "\(name) is not yet supported with --tree\n"))
    }
}
