// SPDX-License-Identifier: Apache-2.0

import OCI
import Synchronization
import TestSupport
import Testing

@testable import RegistryClient

struct HostsDirectoryTests {
    private final class Warnings: Sendable {
        let texts = Mutex<[String]>([])
    }

    private func source(
        _ directory: TemporaryDirectory, _ files: [String: String], _ warnings: Warnings = Warnings()
    ) throws -> HostsDirectory {
        for (name, text) in files {
            try directory.write(text, to: name)
        }
        var configuration = RegistryConfiguration()
        configuration.certificateDirectories = [directory.path]
        return HostsDirectory(configuration) { text in warnings.texts.withLock { $0.append(text) } }
    }

    @Test func `mirrors come in the order of the file and the registry last`() async throws {
        let directory = try TemporaryDirectory()
        let warnings = Warnings()
        let source = try source(
            directory,
            [
                "r.example/hosts.toml": """
                server = "https://r.example"
                surprise = 1
                [host."https://z.example"]
                  capabilities = ["pull"]
                [host."https://harbor.example/v2/proxy"]
                  override_path = true
                  dial_timeout = "200ms"
                  skip_verify = true
                  [host."https://harbor.example/v2/proxy".header]
                    X-Dragonfly-Registry = "https://r.example"
                [host."a.example/v2"]
                """
            ], warnings)
        let found = try #require(try await source.endpoints(for: "r.example"))
        #expect(
            found.map { $0.url("x/manifests/1").description } == [
                "https://z.example/v2/x/manifests/1?ns=r.example",
                "https://harbor.example/v2/proxy/x/manifests/1?ns=r.example",
                "https://a.example/v2/x/manifests/1?ns=r.example", "https://r.example/v2/x/manifests/1",
            ])
        #expect(found.map(\.capabilities) == [.pull, .all, .all, .all])
        #expect(found.map(\.isMirror) == [true, true, true, false])
        #expect(found[1].connectTimeout == .milliseconds(200))
        #expect(!found[1].tls.verifiesServer && found[0].tls.verifiesServer)
        #expect(found[1].headers == [EndpointHeader("X-Dragonfly-Registry", "https://r.example")])
        #expect(found.map(\.credentialKey) == ["z.example", "harbor.example", "a.example", "r.example"])
        #expect(
            warnings.texts.withLock { $0 } == [
                "\(directory.path)/r.example/hosts.toml: unknown key \"surprise\" is ignored"
            ])
    }

    @Test func `docker hub keeps its name and its address`() async throws {
        let directory = try TemporaryDirectory()
        let source = try source(directory, ["docker.io/hosts.toml": "[host.\"http://127.0.0.1:30020\"]"])
        let found = try #require(try await source.endpoints(for: "docker.io"))
        #expect(
            found.map { $0.url("library/x/tags/list").description } == [
                "http://127.0.0.1:30020/v2/library/x/tags/list?ns=docker.io",
                "https://registry-1.docker.io/v2/library/x/tags/list",
            ])
    }

    @Test func `another server than the registry never gets its credentials`() async throws {
        let directory = try TemporaryDirectory()
        let source = try source(directory, ["r.example/hosts.toml": "server = \"https://elsewhere.example\""])
        let found = try #require(try await source.endpoints(for: "r.example"))
        #expect(found.map(\.credentialKey) == ["elsewhere.example"])
    }

    @Test func `directories are named as containerd names them`() async throws {
        let directory = try TemporaryDirectory()
        let source = try source(
            directory,
            [
                "r.example_5000_/hosts.toml": "[host.\"https://one.example\"]",
                "r.example:5000/hosts.toml": "[host.\"https://two.example\"]",
                "s.example:5000/hosts.toml": "[host.\"https://three.example\"]",
                "certificates.example/ca.crt": "x",
                "_default/hosts.toml": "[host.\"https://default.example\"]",
            ])
        func first(_ domain: String) async throws -> String? {
            try await source.endpoints(for: domain)?.first?.base.host
        }
        #expect(try await first("r.example:5000") == "one.example")
        #expect(try await first("s.example:5000") == "three.example")
        #expect(try await first("t.example") == "default.example")
        // Certificates in docker's way say nothing about mirrors.
        #expect(try await first("certificates.example") == nil)
    }

    @Test(arguments: [
        ("capabilities = [\"fly\"]", "unknown capability fly"),
        ("skip_verify = \"yes\"", "\"skip_verify\" must be true or false"),
        ("dial_timeout = 3", "\"dial_timeout\" must be a duration such as \"200ms\""),
        ("ca = \"missing.pem\"", "missing.pem: no such file or directory"),
        ("header = 1", "\"header\" must be a table"),
    ])
    func `mistakes are errors that name the file`(line: String, text: String) async throws {
        let directory = try TemporaryDirectory()
        let source = try source(directory, ["r.example/hosts.toml": "[host.\"https://m.example\"]\n\(line)"])
        let error = await #expect(throws: ConfigError.self) { try await source.endpoints(for: "r.example") }
        #expect(error?.description.contains(text) == true)
        #expect(error?.description.contains(directory.path) == true)
    }
}
