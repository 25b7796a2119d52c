// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import DockerCLI

struct ParsingTests {
    private func run(_ arguments: String..., input: String = "") -> TestContext.Outcome {
        TestContext(input: input).run(ExampleCommands.root(), arguments)
    }

    @Test func `options mix with arguments and combine`() {
        #expect(
            run("-D", "images", "repo", "-aq", "--filter", "Label = x=y ", "-f=dangling=true", "--format={{.ID}}")
                == .init(
                    code: 0,
                    out:
                        "all=true quiet=true format={{.ID}} filter=label→x=y,dangling→true\ndocker images: [\"repo\"] debug=1\n"
                ))
    }

    @Test func `booleans take a value, the last one counts`() {
        #expect(
            run("images", "-a", "--all=false", "-q=T", "--filter=").out.hasPrefix(
                "all=false quiet=true format= filter=\n"))
    }

    @Test func `two dashes end the options, one dash is an argument`() {
        #expect(run("images", "--", "-q").out.contains(#"quiet=false"#))
        #expect(run("images", "--", "-q").out.contains(#"["-q"]"#))
        #expect(run("images", "-").out.contains(#"["-"]"#))
        #expect(run("--", "images").code == 0)
    }

    @Test func `some verbs take everything after the first argument as it is`() {
        #expect(run("tag", "a", "--not-a-flag").out == "a --not-a-flag\n")
        let outcome = run(
            "run", "-e", "A=1", "-eB=2", "-m1.5k", "--health-interval", "1h30m", "--blkio-weight=0x10", "--sysctl=a=1",
            "--sysctl=b", "--sysctl=a=2", "--platform=a,b", #"--platform="c,d",e"#, "--cpus=3", "image", "-e", "C")
        #expect(
            outcome.out == """
                ["A=1", "B=2"] 1536 1h30m0s 16
                ["b:", "a:2"] ["a", "b", "c,d", "e"] -1 3 ["image", "-e", "C"]

                """)
    }

    @Test func `a verb knows whether and how often an option was given`() {
        #expect(run("stop", "a").out == "default\n")
        #expect(run("stop", "-t", "0", "a").out == "0 s\n")
        #expect(run("commit", "-c", "a", "-cb", "-p=0", "x").out == "false [\"a\", \"b\"] 2\n")
    }

    @Test func `a deprecated option works and says so`() {
        #expect(run("cp", "-a", "x", "y").out == "Flag --archive has been deprecated, use nothing\narchive=true\n")
    }

    @Test func `the version is printed for the root alone`() {
        #expect(run("--version") == .init(code: 0, out: "Docker version 28.5.2, build abcdef0\n"))
        #expect(run("-v", "nosuch").out == "Docker version 28.5.2, build abcdef0\n")
        #expect(run("-v", "images").out.hasPrefix("all=false"))
    }

    @Test func `errors print their text and give their code`() {
        #expect(run("wait", "x") == .init(code: 7))
        #expect(run("wait", "no") == .init(code: 0))
        #expect(run("wait", "bad") == .init(code: 125, err: "docker: it failed\n\nRun 'docker wait --help'\n"))
        #expect(run("wait", "worse") == .init(code: 1, err: "hostile \\x1b[31m text\n"))
    }

    @Test func `input is read by lines`() {
        #expect(run("login", input: "a\n\nb").out == "<a>\n<>\n<b>\n")
    }

    @Test(arguments: [
        ("/usr/bin/docker", "docker"), ("docker", "docker"), ("./dockerlite", "dockerlite"), ("x/podman", "dockerlite"),
    ])
    func `the program is named docker only when it runs under that name`(path: String, name: String) {
        #expect(Context.programName(path) == name)
    }
}
