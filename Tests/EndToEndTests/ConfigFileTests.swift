// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Configuration files that can't be used.
struct ConfigFileTests {
    private let docker: DockerliteProcess

    init() throws {
        docker = try DockerliteProcess(program: "docker")
    }

    @Test func `a config json that is no json is warned about, and never written over`() throws {
        try docker.write(clientConfig: "{bad")
        let directory = try docker.shell("echo $DOCKER_CONFIG").text.trimmingCharacters(in: .newlines)
        let listed = try docker.run("images", "-q")
        #expect(listed.status == 0)
        let formatted = try docker.run("images")
        #expect(
            formatted.errors == "WARNING: Error parsing config file (\(directory)/config.json): "
                + "invalid character 'b' looking for beginning of object key string\n")
        #expect(formatted.status == 0)
        for arguments in [["login", "-u", "me", "--password-stdin", "127.0.0.1:1"], ["logout", "127.0.0.1:1"]] {
            #expect(try docker.run(arguments, input: Array("secret".utf8)).status == 1)
            #expect(try String(contentsOfFile: directory + "/config.json", encoding: .utf8) == "{bad")
        }
    }

    @Test(.enabled(if: Rootless.isPossible, "needs root, to become another user"))
    func `files of a home that is somebody else's are passed over`() async throws {
        let registry = FakeRegistry()
        try registry.add(TestImage(layers: [try TestLayer(["f": [1]])]), to: "app", tag: "1")
        let server = try await FaultServer.start(handler: registry.answer)
        let host = server.host
        try await background { [docker] in
            let directory = try TemporaryDirectory()
            let program = try FileManager.default.destinationOfSymbolicLink(atPath: docker.binary)
            try TestCommand.check(["sh", "-c", "mkdir -m 700 \(directory.path)/home"])
            try TestCommand.check(["sh", "-c", "mkdir \(directory.path)/own && chown 54321 \(directory.path)/own"])
            try TestCommand.check(["ln", "-s", program, directory.path + "/docker"])
            let result = try TestCommand.run(
                Rootless.become + [
                    "env", "-i", "HOME=\(directory.path)/home", "\(directory.path)/docker", "--root",
                    directory.path + "/own/store", "pull", "-q", "\(host)/app:1",
                ])
            #expect(result.status == 0)
            #expect(result.text == "\(host)/app:1\n")
            #expect(
                result.errors == """
                    WARNING: open \(directory.path)/home/.config/dockerlite/daemon.json: permission denied: its settings \
                    are ignored
                    WARNING: Error loading config file: open \(directory.path)/home/.docker/config.json: permission denied

                    """)
        }
        await server.stop()
    }
}
