// SPDX-License-Identifier: Apache-2.0
import OCI
import Testing

@testable import DockerCLI

/// `version` and `info`: what they say depends on the machine, the fields and their names do not.
struct SystemTests {
    private let store: ListingStore

    init() throws {
        store = try ListingStore()
        _ = try store.addTranscript()
    }

    @Test func `version speaks of the docker it stands in for when it is called so`() throws {
        let format = "{{.Client.Version}} {{.Server.Version}} {{.Client.APIVersion}} {{.Server.Os}}"
        #expect(try store.run("version", "-f", format).out == "\(Version.docker) \(Version.docker) 1.51 linux\n")
        #expect(
            try store.run("version", "-f", format, program: "dockerlite").out
                == "\(Version.dockerlite) \(Version.dockerlite) 1.51 linux\n")
    }

    @Test func `version names client, engine and libraries`() throws {
        let text = try store.run("version").out
        let architecture = Platform.host.architecture
        #expect(
            text.hasPrefix(
                """
                Client: dockerlite \(Version.dockerlite)
                 Version:           \(Version.docker)
                 API version:       1.51
                 OS/Arch:           linux/\(architecture)
                 Context:           default

                Server: dockerlite \(Version.dockerlite), without a daemon
                 Engine:
                  Version:          \(Version.docker)
                  API version:      1.51 (minimum version 1.24)
                  OS/Arch:          linux/\(architecture)
                  Experimental:     false

                """))
        #expect(text.contains(" SQLite:\n  Version:          3."))
        let components = try store.run("version", "-f", "{{range .Server.Components}}{{.Name}} {{end}}").out
        #expect(components.hasPrefix("Engine ") && components.hasSuffix("SQLite zlib zstd \n"))
    }

    @Test func `info counts what the store has`() throws {
        #expect(
            try store.run(
                "info", "-f", "{{.Images}} {{.Containers}} {{.ContainersRunning}} {{.DockerRootDir}} {{.Driver}}"
            )
            .out == "4 0 0 \(store.root) overlay2\n")
        let text = try store.run("info").out
        #expect(text.contains("\n Images: 4\n Server Version: \(Version.docker)\n"))
        #expect(text.contains("\n Docker Root Dir: \(store.root)\n"))
        #expect(text.contains("\n Insecure Registries:\n  ::1/128\n  127.0.0.0/8\n"))
    }

    @Test func `info shows the registries of the engine's settings`() throws {
        let settings =
            #"{"registry-mirrors":["https://mirror.example.com"],"insecure-registries":["reg.example:5000"]}"#
        let outcome = try store.run("info", "-f", "{{.RegistryConfig.Mirrors}}", settings: settings)
        #expect(outcome.out == "[https://mirror.example.com/]\n")
        #expect(
            try store.run("info", settings: settings).out.contains(
                "  127.0.0.0/8\n  reg.example:5000\n Registry Mirrors:\n  https://mirror.example.com/\n"))
    }

    @Test func `templates fail as docker's do`() throws {
        let unclosed = "template parsing error: template: version:1: unclosed action\n"
        #expect(try store.run("version", "-f", "{{.Nope") == .init(code: 64, err: unclosed))
        let missing =
            "template: :1:3: executing \"\" at <.Nope>: can't evaluate field Nope in type system.dockerInfo\n"
        #expect(try store.run("info", "-f", "a{{.Nope}}") == .init(code: 1, out: "a\n", err: missing))
    }
}
