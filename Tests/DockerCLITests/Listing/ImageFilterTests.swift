// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import DockerCLI

/// `--filter` of `image ls`, with docker 28.5.2's results over the same images.
struct ImageFilterTests {
    private let store: ListingStore

    init() throws {
        store = try ListingStore()
        _ = try store.addTranscript()
    }

    private func names(_ filters: String...) throws -> String {
        var test = TestContext()
        let store = store
        test.context.environment["DOCKERLITE_ROOT"] = store.root
        test.context.clock = { .init(unixSeconds: 1_795_529_996) }
        let arguments = filters.flatMap { ["-f", $0] }
        let outcome = test.run(
            .top(program: "docker"), ["images", "--format", "{{.Repository}}:{{.Tag}}"] + arguments)
        return outcome.out.split(separator: "\n").joined(separator: " ") + outcome.err
    }

    private static let bases = "base:1 localhost:5001/team/base:1"

    @Test(arguments: [
        ("dangling=true", ""), ("dangling=false", "m:3 m:2 m:1 \(bases)"), ("before=m:2", "m:1 \(bases)"),
        ("since=m:2", "m:3"), ("label=a", "m:3 m:2 m:1 \(bases)"), ("label=a=b", "m:3 m:2 m:1 \(bases)"),
        ("label=c=d", ""), ("label=zz", ""), ("reference=m*", "m:3 m:2 m:1"), ("reference=*:1", "m:1 base:1"),
        ("reference=localhost:5001/*/*", "localhost:5001/team/base:1"), ("reference=team/base", ""),
        ("reference=base", "base:1"), ("reference=[l-n]:[12]", "m:2 m:1"), ("until=1h", ""),
        ("until=1s", "m:2 m:1 \(bases)"),
        ("until=2026-11-24T14:19:54Z", "m:1 \(bases)"), ("until=1795529994", "m:1 \(bases)"),
        (" LABEL = a ", "m:3 m:2 m:1 \(bases)"),
    ])
    func `each filter selects what docker selects`(filter: String, expected: String) throws {
        #expect(try names(filter) == expected)
    }

    @Test func `several filters must all hold, several patterns any`() throws {
        #expect(try names("before=m:3", "since=m:1") == "m:2")
        #expect(try names("before=m:3", "before=m:2") == "m:1 \(Self.bases)")
        #expect(try names("since=m:1", "since=m:2") == "m:3")
        #expect(try names("label=a", "label=zz") == "")
        #expect(try names("reference=m:1", "reference=m:3") == "m:3 m:1")
    }

    @Test(arguments: [
        ("foo=bar", "invalid filter 'foo'"), ("label!=a", "invalid filter 'label!'"),
        ("dangling=maybe", "invalid filter 'dangling=[maybe]'"), ("before=nosuch", "No such image: nosuch:latest"),
        ("until=notatime", "failed to parse value as time or duration: \"notatime\""),
        ("reference=[z", "syntax error in pattern"),
    ])
    func `a filter that can't be used has docker's error`(filter: String, error: String) throws {
        #expect(try names(filter) == "Error response from daemon: \(error)\n")
        let outcome = try store.run("images", "-f", filter, program: "dockerlite")
        #expect(outcome == .init(code: 1, err: error + "\n"))
    }

    @Test func `contradicting flags are refused with both values`() throws {
        #expect(
            try names("dangling=true", "dangling=0")
                == "Error response from daemon: invalid filter 'dangling=[true 0]'\n")
    }

    @Test func `an image that is known by digest alone counts as dangling`() throws {
        try store.add(.init(layers: [.init(content: "d", size: 1)]), ["only@{manifest}"])
        #expect(try names("dangling=true") == "only:<none>")
        #expect(try names("dangling=false", "reference=only") == "only:<none>")
    }

    @Test func `an image without a date is on no side of a bound`() throws {
        try store.add(.init(layers: [.init(content: "d", size: 1)], created: nil), ["dateless:1"])
        #expect(try names("before=m:1", "reference=dateless") == "")
        #expect(try names("before=dateless:1", "reference=m:1") == "m:1")
        #expect(try names("reference=dateless") == "dateless:1")
    }

    @Test func `a malformed pattern goes unnoticed without a reference to match`() throws {
        let empty = try ListingStore()
        #expect(try empty.run("images", "-q", "-f", "reference=[z") == .init(code: 0))
    }
}
