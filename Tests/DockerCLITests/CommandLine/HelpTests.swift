// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import DockerCLI

/// Pages as docker lays out the same declarations.
struct HelpTests {
    private func page(_ arguments: String..., program: String = "docker", columns: Int? = nil) -> String {
        let outcome = TestContext(program: program, columns: columns).run(ExampleCommands.root(program), arguments)
        #expect(outcome.code == 0)
        #expect(outcome.err == "")
        return outcome.out
    }

    @Test func `a verb's page wraps descriptions one column before the terminal's edge`() {
        #expect(
            page("images", "--help") == """
                Usage:  docker images [OPTIONS] [REPOSITORY[:TAG]]

                List images

                Aliases:
                  docker image ls, docker image list, docker images

                Options:
                  -a, --all             Show all images (default hides intermediate images)
                  -f, --filter filter   Filter output based on conditions provided
                      --format string   Format output using a custom template:
                                        'table':            Print output in table format
                                        with column headers (default)
                                        'TEMPLATE':         Print output using the given
                                        Go template.
                                        Refer to https://docs.docker.com/go/formatting/
                                        for more information about formatting output with
                                        templates
                  -q, --quiet           Only show image IDs

                """)
    }

    @Test func `the same verb at another place has that place's name`() {
        let lines = page("image", "list", "--help").split(separator: "\n")
        #expect(lines.first == "Usage:  docker image ls [OPTIONS] [REPOSITORY[:TAG]]")
        #expect(lines[3] == "  docker image ls, docker image list, docker images")
    }

    @Test func `a verb without options has no list of them`() {
        #expect(
            page("tag", "--help", program: "dockerlite") == """
                Usage:  dockerlite tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]

                Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE

                Aliases:
                  dockerlite image tag, dockerlite tag

                """)
    }

    @Test func `a group's page lists its verbs by name`() {
        let expected = """
            Usage:  docker image COMMAND

            Manage images

            Commands:
              ls          List images
              tag         Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE

            Run 'docker image COMMAND --help' for more information on a command.

            """
        #expect(page("image", "--help") == expected)
        #expect(page("help", "image") == expected)
        let bare = TestContext().run(ExampleCommands.root(), ["image"])
        #expect(bare == .init(code: 0, out: "", err: expected))
    }

    @Test func `the root's page sorts commands under headings`() {
        let expected = """
            Usage:  docker [OPTIONS] COMMAND

            A self-sufficient runtime for containers

            Common Commands:
              run         Create and run a new container from an image
              images      List images

            Management Commands:
              image       Manage images

            Commands:
              commit      Create a new image from a container's changes
              cp          Copy files/folders between a container and the local filesystem
              login       Authenticate to a registry
              stop        Stop one or more running containers
              system      Manage Docker
              tag         Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE
              wait        Block until a container stops

            Global Options:
              -c, --context string     Name of the context to use to connect to the
                                       daemon (overrides DOCKER_HOST env var and
                                       default context set with "docker context use")
              -D, --debug              Enable debug mode
              -l, --log-level string   Set the logging level ("debug", "info",
                                       "warn", "error", "fatal") (default "info")
              -v, --version            Print version information and quit

            Run 'docker COMMAND --help' for more information on a command.

            For more help on how to use Docker, head to https://docs.docker.com/go/guides/

            """
        #expect(page("--help") == expected)
        #expect(page("help") == expected)
        let bare = TestContext().run(ExampleCommands.root(), [])
        #expect(bare == .init(code: 0, out: "", err: expected))
    }

    @Test func `value names, defaults and shorthands are shown as pflag shows them`() {
        #expect(
            page("run", "--help").split(separator: "Options:\n").last == """
                      --blkio-weight uint16        Block IO (relative weight), or 0 to
                                                   disable (default 0)
                      --cpus decimal               Number of CPUs
                  -e, --env list                   Set environment variables
                      --health-interval duration   Time between running the check
                                                   (ms|s|m|h) (default 0s)
                      --help                       Print usage
                  -h, --hostname string            Container host name
                  -i, --interactive                Keep STDIN open even if not attached
                  -m, --memory bytes               Memory limit
                      --memory-swappiness int      Tune container memory swappiness (0 to
                                                   100) (default -1)
                      --net a network              Connect to a network
                      --platform strings           Platforms to take
                      --pull string                Pull image before running ("always",
                                                   "missing", "never") (default "missing")
                      --sysctl map                 Sysctl options (default map[])
                  -t, --tty                        Allocate a pseudo-TTY

                """)
    }

    @Test func `a second usage line and a long description are kept`() {
        #expect(
            page("cp", "--help") == """
                Usage:  docker cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-
                \tdocker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH

                Copy files/folders between a container and the local filesystem

                Use '-' as the source.

                """)
    }

    @Test func `narrow terminals put descriptions on lines of their own`() {
        let lines = page("commit", "--help", columns: 45).split(separator: "\n")
        #expect(
            lines.suffix(3) == [
                "  -p, --pause           ", "                Pause container during",
                "                commit (default true)",
            ])
    }

    @Test func `-h works and says that it is deprecated`() {
        let outcome = TestContext().run(ExampleCommands.root(), ["tag", "-h"])
        #expect(outcome.out.hasPrefix("Flag shorthand -h has been deprecated, use --help\nUsage:  docker tag"))
        let top = TestContext().run(ExampleCommands.root(), ["-h"])
        #expect(top.err == "Flag shorthand -h has been deprecated, use --help\n")
        #expect(top.out.hasPrefix("Usage:  docker [OPTIONS] COMMAND\n"))
    }

    @Test(arguments: [
        ["--help", "images"], ["image", "--help", "ls"], ["nosuch", "--help"], ["images", "--help", "a", "b"],
    ])
    func `help is asked for anywhere`(arguments: [String]) {
        let outcome = TestContext().run(ExampleCommands.root(), arguments)
        #expect(outcome.code == 0)
        #expect(outcome.out.hasPrefix("Usage:  docker "))
    }

    @Test func `help about something unknown is an error`() {
        let outcome = TestContext().run(ExampleCommands.root(), ["help", "image", "nosuch"])
        #expect(outcome == .init(code: 1, err: "unknown help topic: nosuch\n"))
    }
}
