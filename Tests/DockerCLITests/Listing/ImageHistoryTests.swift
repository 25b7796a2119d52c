// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import DockerCLI

/// `history`, with docker 28.5.2's texts over the same images.
struct ImageHistoryTests {
    private let store: ListingStore
    private let images: ListingStore.Transcript

    init() throws {
        store = try ListingStore()
        images = try store.addTranscript()
    }

    @Test func `the table cuts commands at 45 columns`() throws {
        let pulled = try store.add(
            .init(
                layers: [ListingStore.baseLayer], created: "2026-11-24T14:19:50Z",
                history: [
                    #"{"created":"1970-01-01T00:00:00Z","created_by":"ADD\tfile:0 in /","comment":"tab"}"#,
                    #"{"created":"2026-11-24T14:19:50Z","created_by":"RUN /bin/sh -c apt-get update && apt-get install -y curl","empty_layer":true}"#,
                ]), ["p:1"])
        #expect(
            try store.run("history", "p:1").out == """
                IMAGE          CREATED         CREATED BY                                      SIZE      COMMENT
                \(pulled.short)   6 seconds ago   RUN /bin/sh -c apt-get update && apt-get ins…   0B       \u{20}
                <missing>      N/A             ADD file:0 in /                                 3.96MB    tab

                """)
    }

    @Test func `parents that are here have their IDs`() throws {
        #expect(
            try store.run("image", "history", "m:3").out == """
                IMAGE          CREATED         CREATED BY                                SIZE      COMMENT
                \(images.third.short)   1 second ago    sh -c head -c 300000 /dev/urandom > /f3   300kB     step 3
                \(images.second.short)   2 seconds ago   sh -c head -c 200000 /dev/urandom > /f2   200kB     step 2
                \(images.first.short)   3 seconds ago   sh -c head -c 100000 /dev/urandom > /f1   100kB     step 1
                \(images.base.short)   3 seconds ago                                             3.96MB    base import

                """)
        #expect(
            try store.run("history", "-q", "m:2").out
                == "\(images.second.short)\n\(images.first.short)\n\(images.base.short)\n")
        #expect(
            try store.run("history", "-q", "--no-trunc", "m:1").out == "\(images.first)\n\(images.base)\n")
    }

    @Test func `sizes and times may be plain`() throws {
        #expect(
            try store.run("history", "-H=false", "m:1").out == """
                IMAGE          CREATED AT             CREATED BY                                SIZE      COMMENT
                \(images.first.short)   2026-11-24T14:19:53Z   sh -c head -c 100000 /dev/urandom > /f1   100000    step 1
                \(images.base.short)   2026-11-24T14:19:53Z                                             3964542   base import

                """)
    }

    @Test func `json escapes as docker's does`() throws {
        #expect(
            try store.run("history", "--format", "json", "m:1").out.split(separator: "\n").first ?? "" == """
                {"Comment":"step 1","CreatedAt":"2026-11-24T14:19:53Z",\
                "CreatedBy":"sh -c head -c 100000 /dev/urandom \\u003e /f1","CreatedSince":"3 seconds ago",\
                "ID":"\(images.first.short)","Size":"100kB"}
                """)
    }

    @Test func `control characters are escaped on a terminal only`() throws {
        try store.add(
            .init(
                layers: [ListingStore.baseLayer], history: [#"{"created_by":"echo \u001b[31m","comment":"\u009b2J"}"#]),
            ["evil:1"])
        let format = "{{.CreatedBy}} {{.Comment}}"
        #expect(try store.run("history", "--format", format, "evil:1").out == "echo \u{1B}[31m \u{9B}2J\n")
        #expect(
            try store.run("history", "--format", format, "evil:1", columns: 80).out == "echo \\x1b[31m \\x9b2J\n")
    }

    @Test(arguments: [
        (["nosuch"], "Error response from daemon: No such image: nosuch:latest\n"),
        (["--platform", "<invalid>", "m:1"], "invalid platform: "),
        (
            ["--platform", "linux/s390x", "m:1"],
            "Error response from daemon: image with reference m:1 was found but does not match the specified platform: "
                + "wanted linux/s390x, actual: linux/amd64\n"
        ),
    ])
    func `failures have docker's texts`(arguments: [String], error: String) throws {
        var test = TestContext()
        test.context.environment["DOCKERLITE_ROOT"] = store.root
        let outcome = test.run(.top(program: "docker"), ["history"] + arguments)
        #expect(outcome.code == 1 && outcome.out.isEmpty && outcome.err.hasPrefix(error))
    }
}
