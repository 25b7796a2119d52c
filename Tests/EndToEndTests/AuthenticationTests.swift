// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Pulls from registries that ask who one is.
@Suite(.enabled(if: RegistryProcess.isInstalled))
struct AuthenticationTests {
    private static func config(_ registry: RegistryProcess, _ credentials: String) -> String {
        let auth = Data(credentials.utf8).base64EncodedString()
        return "{\"auths\":{\"\(registry.host)\":{\"auth\":\"\(auth)\"}}}"
    }

    private static func publish(
        to registry: RegistryProcess, credentials: String? = nil
    ) throws -> (name: String, digest: String) {
        let layout = try TestLayout()
        let entry = try TestImage(layers: [try TestLayer(["a": [1]])]).write(to: layout)
        let name = "\(registry.host)/private/app:1"
        let options = ["--dest-tls-verify=false"] + (credentials.map { ["--dest-creds", $0] } ?? [])
        try layout.publish(entry, as: name, options: options)
        return (name, entry.digest)
    }

    @Test func `basic credentials come from config json`() async throws {
        let registry = try await RegistryProcess.start(authentication: .password(user: "me", password: "s3:cret"))
        let (name, digest) = try Self.publish(to: registry, credentials: "me:s3:cret")
        let docker = try DockerliteProcess(program: "docker")
        let refused = try docker.run("pull", name)
        #expect(refused.status == 1)
        #expect(refused.errors.contains("no basic auth credentials"), "\(refused.errors)")
        try docker.write(clientConfig: Self.config(registry, "me:s3:cret"))
        let pulled = try docker.run("pull", name)
        #expect(pulled.status == 0, "\(pulled.errors)")
        #expect(pulled.text.contains("Digest: \(digest)"))
        try docker.write(clientConfig: Self.config(registry, "me:hunter2"))
        let wrong = try docker.run("-D", "pull", "\(registry.host)/private/app:2")
        #expect(wrong.status == 1)
        #expect(!wrong.errors.contains("hunter2"), "a password was printed")
    }

    @Test func `a token server is asked to pull this repository`() async throws {
        let tokens = try await TokenServer.start()
        let registry = try await RegistryProcess.start(authentication: .token(tokens))
        let (name, _) = try Self.publish(to: registry)
        let before = tokens.requests.count
        let pulled = try DockerliteProcess().run("pull", name)
        #expect(pulled.status == 0, "\(pulled.errors)")
        let scopes = tokens.requests.dropFirst(before).flatMap { $0.query("scope") }.compactMap(
            \.removingPercentEncoding)
        #expect(scopes == ["repository:private/app:pull"], "one token serves the whole pull")
    }

    @Test func `a registry with TLS by a private authority`() async throws {
        let registry = try await RegistryProcess.start(certificate: .server)
        let (name, digest) = try Self.publish(to: registry)
        let pulled = try DockerliteProcess().run("pull", name)
        #expect(pulled.status == 0, "\(pulled.errors)")
        #expect(pulled.text.contains("Digest: \(digest)"))
    }
}
