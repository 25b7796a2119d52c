// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import DockerCLI

/// Docker's texts for what the user got wrong, each observed from the real client.
struct UsageErrorTests {
    private static let images = "Usage:  docker images [OPTIONS] [REPOSITORY[:TAG]]"
    private static let root = "Usage:  docker [OPTIONS] COMMAND [ARG...]"

    private func error(_ arguments: [String], program: String = "docker") -> TestContext.Outcome {
        TestContext(program: program).run(ExampleCommands.root(program), arguments)
    }

    @Test(arguments: [
        (["images", "--bad"], "unknown flag: --bad"), (["images", "--bad=1"], "unknown flag: --bad"),
        (["images", "-ax"], "unknown shorthand flag: 'x' in -x"),
        (["images", "-é"], "unknown shorthand flag: 'Ã' in -é"),
        (["images", "-'"], #"unknown shorthand flag: '\'' in -'"#),
        (["images", "-=x"], "unknown shorthand flag: '=' in -=x"),
        (["images", "--filter"], "flag needs an argument: --filter"),
        (["images", "-qf"], "flag needs an argument: 'f' in -f"),
        (["images", "---"], "bad flag syntax: ---"), (["images", "--=x"], "bad flag syntax: --=x"),
        (["images", "-q", "-D"], "unknown shorthand flag: 'D' in -D"),
        (
            ["images", "--all=maybe"],
            #"invalid argument "maybe" for "-a, --all" flag: strconv.ParseBool: parsing "maybe": invalid syntax"#
        ),
        (
            ["images", "-ffoo"],
            #"invalid argument "foo" for "-f, --filter" flag: bad format of filter (expected name=value)"#
        ),
        (
            ["images", "--help=x"],
            #"invalid argument "x" for "--help" flag: strconv.ParseBool: parsing "x": invalid syntax"#
        ),
    ])
    func `a bad option names the usage and ends with 125`(arguments: [String], message: String) {
        let text = "\(message)\n\n\(Self.images)\n\nRun 'docker images --help' for more information\n"
        #expect(error(arguments) == .init(code: 125, err: text))
    }

    @Test(arguments: [
        ("--memory=foo", #"invalid argument "foo" for "-m, --memory" flag: invalid size: 'foo'"#),
        ("--cpus=x", #"invalid argument "x" for "--cpus" flag: failed to parse x as a rational number"#),
        (
            "--health-interval=5",
            #"invalid argument "5" for "--health-interval" flag: time: missing unit in duration "5""#
        ),
        (
            "--blkio-weight=70000",
            #"invalid argument "70000" for "--blkio-weight" flag: strconv.ParseUint: parsing "70000": value out of range"#
        ),
        (
            "--memory-swappiness=x",
            #"invalid argument "x" for "--memory-swappiness" flag: strconv.ParseInt: parsing "x": invalid syntax"#
        ),
        (
            "--platform=a,\"b",
            #"invalid argument "a,\"b" for "--platform" flag: parse error on line 1, column 5: extraneous or missing " in quoted-field"#
        ),
        ("-h", "flag needs an argument: 'h' in -h"),
    ])
    func `a bad value is refused in the words of its kind`(argument: String, message: String) {
        let outcome = error(["run", argument])
        #expect(outcome.code == 125)
        #expect(outcome.err.split(separator: "\n").first.map(String.init) == message)
    }

    @Test(arguments: [
        (["tag", "a"], "'docker tag' requires 2 arguments", "docker tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]", "Run"),
        (
            ["images", "a", "b"], "'docker images' requires at most 1 argument",
            "docker images [OPTIONS] [REPOSITORY[:TAG]]", "SRun"
        ),
        (["run"], "'docker run' requires at least 1 argument", "docker run [OPTIONS] IMAGE [COMMAND] [ARG...]", "See"),
        (
            ["commit"], "'docker commit' requires at least 1 and at most 2 arguments",
            "docker commit [OPTIONS] CONTAINER [REPOSITORY[:TAG]]", "Run"
        ),
        (["login", "x"], "'docker login' accepts no arguments", "docker login [SERVER]", "Run"),
        (["wait"], "'docker wait' requires 1 argument", "docker wait CONTAINER", "Run"),
    ])
    func `a wrong number of arguments names the rule and ends with 1`(
        arguments: [String], rule: String, usage: String, hint: String
    ) {
        let path = usage.split(separator: " ").prefix(2).joined(separator: " ")
        let text = "docker: \(rule)\n\nUsage:  \(usage)\n\n\(hint) '\(path) --help' for more information\n"
        #expect(error(arguments) == .init(code: 1, err: text))
    }

    @Test func `an unknown command is an error at every level`() {
        #expect(
            error(["nosuch"])
                == .init(
                    code: 1, err: "docker: unknown command: docker nosuch\n\nRun 'docker --help' for more information\n"
                ))
        #expect(
            error(["image", "nosuch", "x"], program: "dockerlite").err == """
                dockerlite: unknown command: dockerlite image nosuch

                Usage:  dockerlite image

                Run 'dockerlite image --help' for more information

                """)
        #expect(error(["image", "--", "ls"]).err.hasPrefix("docker: unknown command: docker image ls\n"))
        #expect(error([""]).err.hasPrefix("docker: unknown command: docker \n"))
    }

    @Test func `a bad global option names the root's usage`() {
        let text = "unknown flag: --bad\n\n\(Self.root)\n\nRun 'docker --help' for more information\n"
        #expect(error(["--bad", "images"]) == .init(code: 125, err: text))
        #expect(error(["nosuch", "--bad"]) == .init(code: 125, err: text))
    }

    @Test func `a bad option of a group before its verb has no usage, as in docker`() {
        #expect(error(["image", "--x=1", "ls"]) == .init(code: 1, err: "unknown flag: --x\n"))
        #expect(error(["image", "--x", "ls"]).code == 125)
    }
}
