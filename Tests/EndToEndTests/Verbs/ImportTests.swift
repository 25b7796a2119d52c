// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// `import`, with the answers of a real docker.
struct ImportTests {
    private static let emptyLayer = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

    private let directory: TemporaryDirectory
    private let docker: DockerliteProcess

    init() throws {
        directory = try TemporaryDirectory()
        docker = try DockerliteProcess(program: "docker")
        try directory.write("hello\n", to: "tree/etc/motd")
        try TestCommand.check([
            "tar", "-C", directory.path + "/tree", "--sort=name", "--mtime=@0", "--owner=0", "--group=0", "-cf",
            directory.path + "/plain", "etc",
        ])
    }

    private func fails(
        _ arguments: [String], _ message: String, output: String = "", input: [UInt8] = [],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let result = try run(arguments, input: input)
        #expect(result.text == output, sourceLocation: sourceLocation)
        #expect(result.errors == message + "\n", sourceLocation: sourceLocation)
        #expect(result.status == 1, sourceLocation: sourceLocation)
    }

    private func run(_ arguments: [String], input: [UInt8] = []) throws -> TestCommand.Result {
        try TestCommand.run(
            [docker.binary, "import"] + arguments, input: input,
            environment: ["DOCKERLITE_ROOT": docker.root, "SOURCE_DATE_EPOCH": "1700000000"], directory: directory.path)
    }

    @Test(arguments: ["plain", "gzip", "bzip2", "xz", "zstd"])
    func `the same files give the same image, however they are compressed`(program: String) throws {
        let plain = try run(["plain", "app:1"])
        #expect(plain.status == 0 && plain.text.hasPrefix("sha256:") && plain.errors.isEmpty)
        guard program != "plain" else { return }
        guard ImportedBox.has(program) else { return }
        let packed = try TestCommand.check([program, "-c", directory.path + "/plain"])
        let other = try run(["-", "app:2"], input: packed)
        #expect(other.text == plain.text && other.errors.isEmpty && other.status == 0)
        #expect(try docker.run("images", "--format", "{{.Repository}}:{{.Tag}}").text == "app:1\napp:2\n")
    }

    @Test func `changes, message and platform go into the image and its history`() throws {
        let id = try run([
            "-c", "CMD [\"/bin/sh\"]", "-c", "ENV A=b", "-m", "from files", "--platform", "linux/arm64/v8", "plain",
            "app",
        ]).text
        #expect(
            try docker.run(
                "image", "inspect", "-f",
                "{{.Id}} {{.Comment}} {{.Architecture}}/{{.Variant}} {{.Config.Cmd}} {{.Config.Env}} {{.Created}}",
                "app"
            ).text == id.trimmingCharacters(in: .newlines)
                + " from files arm64/v8 [/bin/sh] [A=b] 2023-11-14T22:13:20Z\n")
        #expect(
            try docker.run("history", "--format", "{{.CreatedBy}}|{{.Size}}|{{.Comment}}", "app").text
                == "|6B|from files\n")
    }

    @Test func `without a name it is dangling, and the comment says where it came from`() throws {
        _ = try run(["plain"])
        #expect(try docker.run("images", "--format", "{{.Repository}}:{{.Tag}}").text == "<none>:<none>\n")
        let id = try docker.run("images", "-q").text.trimmingCharacters(in: .newlines)
        #expect(try docker.run("history", "--format", "{{.Comment}}", id).text == "Imported from -\n")
        #expect(try run(["-", "empty"]).status == 0)
        #expect(
            try docker.run("image", "inspect", "-f", "{{.RootFS.Layers}}", "empty").text == "[\(Self.emptyLayer)]\n")
    }

    @Test func `what can't be imported leaves nothing`() throws {
        try fails(
            [],
            """
            docker: 'docker import' requires at least 1 argument

            Usage:  docker import [OPTIONS] file|URL|- [REPOSITORY[:TAG]]

            See 'docker import --help' for more information
            """)
        try fails(["nosuch"], "open nosuch: no such file or directory")
        try fails(["plain", "UP"], "invalid reference format: repository name (library/UP) must be lowercase")
        let daemon = "Error response from daemon: "
        try fails(["plain", "app@" + Self.emptyLayer], daemon + "cannot import digest reference")
        try fails(["-c", "RUN x", "plain"], daemon + "RUN is not a valid change command")
        try fails(["--platform", "windows/amd64", "plain"], daemon + "operating system is not supported")
        try fails(["-"], daemon + "unexpected EOF", input: Array("garbage".utf8))
        let tar = try TestCommand.check(["cat", directory.path + "/plain"])
        try fails(["-"], daemon + "unexpected EOF", input: Array(tar.prefix(1027)))
        let broken = try run(["-"], input: [UInt8](repeating: 0x55, count: 2048))
        #expect(broken.status == 1 && broken.errors.hasPrefix(daemon + "archive/tar: invalid tar header"))
        #expect(try docker.run("images", "-aq").text.isEmpty)
    }

    @Test func `a name moves to the new image`() throws {
        let first = try run(["plain", "app"]).text.trimmingCharacters(in: .newlines)
        let second = try run(["-m", "again", "plain", "app"]).text.trimmingCharacters(in: .newlines)
        #expect(
            try docker.run("images", "--no-trunc", "--format", "{{.Repository}} {{.ID}}").text.split(separator: "\n")
                .sorted() == ["<none> \(first)", "app \(second)"])
    }

    @Test func `a URL is downloaded, through redirects`() async throws {
        let archive = try TestCommand.check(["gzip", "-c", directory.path + "/plain"])
        let server = try await FaultServer.start { request in
            switch request.path {
            case "/old": ServerAnswer(302, [("Location", "/files.tar.gz")])
            case "/files.tar.gz": ServerAnswer(200, body: archive)
            case "/short": ServerAnswer(200, body: archive).with(ending: .close(after: 60))
            default: ServerAnswer(404, text: "  no such file\n")
            }
        }
        let url = server.url + "/old"
        let result = try run([url, "web"])
        let lines = result.text.split(separator: "\n")
        #expect(lines.count == 2 && lines.first == "Downloading from \(url)")
        #expect(lines.last?.hasPrefix("sha256:") == true && result.status == 0)
        #expect(try docker.run("history", "--format", "{{.Comment}}", "web").text == "Imported from \(url)\n")
        let daemon = "Error response from daemon: "
        try fails(
            [server.url + "/none"], daemon + "failed to GET \(server.url)/none with status 404 Not Found: no such file")
        let short = try run([server.url + "/short", "short"])
        #expect(short.status == 1 && short.errors.hasPrefix(daemon))
        #expect(try docker.run("images", "-aq").text.split(separator: "\n").count == 1)
    }
}
