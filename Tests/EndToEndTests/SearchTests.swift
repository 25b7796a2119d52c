// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

/// `search` against a server that speaks docker's first API; the lines are those of docker 28 with the same results.
struct SearchTests {
    private static let results = #"""
        {"num_results":3,"results":[
        {"name":"a","description":"first line\nsecond\rthird and a long description that goes on","star_count":3,
        "is_official":false,"is_automated":true},
        {"name":"library/b","description":"","star_count":50,"is_official":true},
        {"name":"c/żółć","description":"日本語の説明文がここにありますとてもとても長い説明文です","star_count":0}]}
        """#

    private let server: FaultServer
    private let docker: DockerliteProcess

    init() async throws {
        server = try await FaultServer.start { request in
            request.path == "/v1/search" ? .json(200, Self.results) : ServerAnswer(404)
        }
        docker = try DockerliteProcess(program: "docker")
    }

    private func search(_ arguments: String...) throws -> TestCommand.Result {
        try docker.run(["search"] + arguments + ["\(server.host)/foo"])
    }

    @Test func `a table with cut descriptions`() throws {
        let result = try search()
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            result.text == """
                NAME        DESCRIPTION                                     STARS     OFFICIAL
                a           first line second third and a long descripti…   3        \u{20}
                library/b                                                   50        [OK]
                c/żółć      日本語の説明文がここにありますとてもとても長…   0        \u{20}

                """)
        #expect(server.requests.last?.target == "/v1/search?q=foo&n=25")
    }

    @Test func `whole descriptions, JSON and templates`() throws {
        let whole = try search("--no-trunc", "--format", "{{.Name}}|{{.Description}}|{{.IsOfficial}}")
        #expect(
            whole.text == """
                a|first line second third and a long description that goes on|
                library/b||[OK]
                c/żółć|日本語の説明文がここにありますとてもとても長い説明文です|

                """)
        let json = try search("--format", "json").text.split(separator: "\n")
        #expect(json[1] == #"{"Description":"","IsOfficial":"true","Name":"library/b","StarCount":"50"}"#)
        let automated = try search("--format", "{{.IsAutomated}}")
        #expect(automated.status == 1)
        #expect(automated.errors.contains("can't evaluate field IsAutomated in type *registry.searchContext"))
    }

    @Test(arguments: [
        (["-f", "stars=3"], "a\nlibrary/b\n"), (["-f", "is-official=true"], "library/b\n"),
        (["-f", "is-official=false", "-f", "stars=1"], "a\n"), (["-f", "is-automated=true"], ""),
        (["-f", "stars=3", "-f", "stars=4"], "library/b\n"),
    ])
    func `filters narrow down what was found`(filters: [String], names: String) throws {
        let result = try docker.run(["search", "--format", "{{.Name}}"] + filters + ["\(server.host)/foo"])
        #expect(result.text == names)
    }

    @Test(arguments: [
        (["-f", "colour=red"], "invalid filter 'colour'"),
        (["-f", "stars=many"], #"invalid filter 'stars=many': strconv.Atoi: parsing "many": invalid syntax"#),
        (["-f", "is-official=maybe"], "invalid filter 'is-official=[maybe]'"),
        (["--limit", "101"], "limit 101 is outside the range of [1, 100]"),
    ])
    func `what can't be asked for is refused in docker's words`(options: [String], text: String) throws {
        let result = try docker.run(["search"] + options + ["\(server.host)/foo"])
        #expect(result.status == 1)
        #expect(result.errors == "Error response from daemon: \(text)\n")
        #expect(server.requests.isEmpty)
    }

    @Test func `limits are passed on, those below one are the default`() throws {
        for (given, sent) in [("7", "7"), ("0", "25"), ("-1", "25"), ("100", "100")] {
            #expect(try search("--limit", given).status == 0)
            #expect(server.requests.last?.query("n") == [sent])
        }
    }

    @Test func `a registry without search, and none at all`() async throws {
        let other = try await FaultServer.start { _ in ServerAnswer(404) }
        let missing = try docker.run("search", "\(other.host)/foo")
        #expect(missing.status == 1)
        #expect(missing.errors == "Error response from daemon: Unexpected status code 404\n")
        let bare = try docker.run("search")
        #expect(bare.status == 1)
        #expect(
            bare.errors.hasPrefix("docker: 'docker search' requires 1 argument\n\nUsage:  docker search [OPTIONS] TERM")
        )
    }
}
