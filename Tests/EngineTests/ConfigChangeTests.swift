// SPDX-License-Identifier: Apache-2.0
import OCI
import Testing

@testable import Engine

struct ConfigChangeTests {
    private static func apply(
        _ changes: String..., to config: ContainerConfig = ContainerConfig()
    ) throws(ConfigChangeError) -> ContainerConfig {
        try config.applying(changes: changes)
    }

    private static func config(env: [String] = [], cmd: [String]? = nil) -> ContainerConfig {
        var config = ContainerConfig()
        config.env = env
        config.cmd = cmd
        return config
    }

    @Test func `no changes change nothing`() throws {
        let config = Self.config(cmd: ["x"])
        #expect(try config.applying(changes: []) == config)
    }

    @Test func `variables see the instructions before, not their own`() throws {
        let result = try Self.apply("ENV A=new B=$A", "LABEL a=${A}", to: Self.config(env: ["A=old"]))
        #expect(result.env == ["A=new", "B=old"])
        #expect(result.labels == ["a": "new"])
    }

    @Test func `a line goes on in the next change`() throws {
        let result = try Self.apply("ENV A=1 \\", "  # a comment", "", " B=2")
        #expect(result.env == ["A=1", "B=2"])
    }

    @Test func `the escape directive sets what continues a line`() throws {
        let result = try Self.apply("# escape=`\nENV A=c:\\x `\n B=2")
        #expect(result.env == ["A=c:\\x", "B=2"])
        #expect(throws: ConfigChangeError.invalidEscape("x")) { try Self.apply("# escape=x\nUSER a") }
        #expect(throws: ConfigChangeError.repeatedDirective("escape")) {
            try Self.apply("# escape=`\n# ESCAPE=`\nUSER a")
        }
        #expect(try Self.apply("# note\n# escape=`\nUSER a\\\nb").user == "ab")
    }

    @Test func `an escaped escape doesn't continue a line`() throws {
        let result = try Self.apply("USER a\\\\\nWORKDIR /w")
        #expect(result.user == "a\\")
        #expect(result.workingDir == "/w")
    }

    @Test func `an entrypoint resets the command of the image, not one that was set before it`() throws {
        #expect(try Self.apply("ENTRYPOINT e", to: Self.config(cmd: ["old"])).cmd == nil)
        let both = try Self.apply("CMD [\"c\"]", "ENTRYPOINT [\"e\"]", to: Self.config(cmd: ["old"]))
        #expect(both.cmd == ["c"])
        #expect(both.entrypoint == ["e"])
    }

    @Test func `the shell form runs in the shell of the configuration`() throws {
        var config = ContainerConfig()
        #expect(try Self.apply("CMD echo  $HOME", to: config).cmd == ["/bin/sh", "-c", "echo  $HOME"])
        config.shell = ["/bin/zsh", "-c"]
        #expect(try Self.apply("CMD [not json", to: config).cmd == ["/bin/zsh", "-c", "[not json"])
    }

    @Test func `directories go on from the one before`() throws {
        #expect(try Self.apply("WORKDIR a/./b", "WORKDIR ../../../c").workingDir == "/c")
        #expect(throws: ConfigChangeError.emptyDirectory) { try Self.apply("WORKDIR $NOPE") }
    }

    @Test func `a trigger keeps the text and the here-document that it was written with`() throws {
        let result = try Self.apply("onbuild  RUN <<-EOF cat\n\ta\n\tEOF", "USER u")
        #expect(result.onBuild == ["RUN <<-EOF cat\n\ta\nEOF"])
        #expect(result.user == "u")
        #expect(throws: ConfigChangeError.unterminatedHeredoc) { try Self.apply("ONBUILD RUN <<EOF\nx") }
        #expect(try Self.apply("ONBUILD RUN [\"<<EOF\"]").onBuild == ["RUN [\"<<EOF\"]"])
    }

    private static let refused: [(String, String)] = [
        ("", "file with no instructions"),
        ("# only a comment", "file with no instructions"),
        ("Run x", "Run is not a valid change command"),
        ("ENV A", "ENV must have two arguments"),
        ("ENV A=1 B", "Syntax error - can't find = in \"B\". Must be of the form: name=value"),
        ("ENV =1", "ENV names can not be blank"),
        ("ENV --x A=1", "unknown flag: --x"),
        ("USER", "USER requires exactly one argument"),
        ("CMD [1]", "when using JSON array syntax, arrays must be comprised of strings only"),
        ("LABEL a='b", "failed to process \"'b\": unexpected end of statement while looking for matching single-quote"),
        ("VOLUME $NOPE", "VOLUME specified can not be an empty string"),
        ("STOPSIGNAL RTMIN+16", "invalid signal: RTMIN+16"),
        ("ONBUILD ONBUILD RUN x", "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed"),
        ("ONBUILD maintainer x", "MAINTAINER isn't allowed as an ONBUILD trigger"),
        ("ONBUILD ENV A", "ENV must have two arguments"),
        ("EXPOSE 80/icmp", "invalid proto: icmp"),
        ("EXPOSE 90-80", "invalid containerPort: 90-80"),
        ("EXPOSE x:80", "invalid hostPort: x"),
        ("EXPOSE 1-3:80-81", "invalid ranges specified for container and host Ports: 80-81 and 1-3"),
        ("EXPOSE 1.2.3:80:80", "invalid IP address: 1.2.3"),
        ("EXPOSE [::1:80:80", "invalid IP address [::1: address [::1:: missing ']' in address"),
        ("HEALTHCHECK", "HEALTHCHECK requires at least one argument"),
        ("HEALTHCHECK NONE x", "HEALTHCHECK NONE takes no arguments"),
        ("HEALTHCHECK TRY x", "Unknown type \"TRY\" in HEALTHCHECK (try CMD)"),
        ("HEALTHCHECK --intervall=1s CMD x", "unknown flag: --intervall (did you mean interval?)"),
        ("HEALTHCHECK --timeout CMD x", "missing a value on flag: --timeout"),
        ("HEALTHCHECK --retries=1 --retries=2 CMD x", "duplicate flag specified: --retries"),
        ("HEALTHCHECK --retries=-1 CMD x", "--retries cannot be negative (-1)"),
        ("HEALTHCHECK --retries=3000000000 CMD x", "strconv.ParseInt: parsing \"3000000000\": value out of range"),
        ("HEALTHCHECK --timeout=5 CMD x", "time: missing unit in duration \"5\""),
        ("HEALTHCHECK --timeout=1us CMD x", "Interval \"timeout\" cannot be less than 1ms"),
        ("USER \(String(repeating: "x", count: 65_536))", "file with no instructions"),
        (
            "USER u\nUSER \(String(repeating: "x", count: 65_536))",
            "dockerfile line greater than max allowed size of 65535"
        ),
    ]

    @Test(arguments: refused)
    func `what docker refuses is refused with its text`(change: String, expected: String) throws {
        let error = try #require(throws: ConfigChangeError.self) { try Self.apply(change) }
        #expect(error.description == expected)
    }

    @Test func `every instruction is read before the first is applied`() throws {
        #expect(throws: ConfigChangeError.notAllowed("RUN")) { try Self.apply("STOPSIGNAL 0", "RUN x") }
    }

    private static let ports: [(String, Set<String>)] = [
        ("80", ["80/tcp"]),
        ("53/UDP", ["53/udp"]),
        ("80-82/", ["80/tcp", "81/tcp", "82/tcp"]),
        ("[::1]:1-9:80", ["80/tcp"]),
        ("127.0.0.1::80/sctp", ["80/sctp"]),
        ("\"80 81\"", []),
    ]

    @Test(arguments: ports)
    func `ports are exposed by number and protocol`(word: String, expected: Set<String>) throws {
        guard !expected.isEmpty else {
            #expect(throws: ConfigChangeError.self) { try Self.apply("EXPOSE \(word)") }
            return
        }
        #expect(try Self.apply("EXPOSE \(word)").exposedPorts == expected)
    }

    @Test func `depth is bounded`() {
        let triggers = String(repeating: "ONBUILD ", count: 8_000)
        #expect(throws: ConfigChangeError.chainedTrigger) { try Self.apply(triggers + "RUN x") }
        let word = String(repeating: "${a:-", count: 10_000) + String(repeating: "}", count: 10_000)
        #expect(throws: ConfigChangeError.expansion(word: word, .nestedTooDeeply)) { try Self.apply("USER \(word)") }
    }
}
