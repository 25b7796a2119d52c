// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// Pushes to real registries, whoever they want to know.
@Suite(.enabled(if: RegistryProcess.isInstalled))
struct PushTests {
    enum Door: CaseIterable, Sendable {
        case open, password, token, tls
    }

    private static func start(_ door: Door) async throws -> RegistryProcess {
        switch door {
        case .open: try await .start()
        case .password: try await .start(authentication: .password(user: "me", password: "secret"))
        case .token: try await .start(authentication: .token(.start(user: "me", password: "secret")))
        case .tls: try await .start(certificate: .server)
        }
    }

    @Test(arguments: Door.allCases)
    func `what is pushed can be pulled, with the same digests`(door: Door) async throws {
        let registry = try await Self.start(door)
        let docker = try DockerliteProcess(program: "docker")
        let image = TestImage(layers: [try TestLayer(["a": [1]]), try TestLayer.random(size: 200_000, seed: 9)])
        let layout = try TestLayout()
        let entry = try image.write(to: layout)
        let name = "\(registry.host)/team/app:1"
        let archive = TestTar.archive(try layout.members(entry, as: name))
        #expect(try docker.run("load", input: archive).text.contains("Loaded image: \(name)\n"))
        if [.password, .token].contains(door) {
            let refused = try docker.run("push", name)
            #expect(refused.status == 1)
            #expect(!refused.errors.isEmpty)
            let login = try docker.run(
                "login", "-u", "me", "--password-stdin", registry.host, input: Array("secret".utf8))
            #expect(login.status == 0, "\(login.errors)")
        }
        let push = try docker.run("push", name)
        #expect(push.status == 0, "\(push.errors)")
        #expect(push.text.hasSuffix("1: digest: \(entry.digest) size: \(entry.size)\n"), "\(push.text)")
        let again = try docker.run("push", name)
        #expect(again.text.components(separatedBy: "Layer already exists").count == 3, "\(again.text)")
        #expect(try docker.run("rmi", "-f", name).status == 0)
        let pull = try docker.run("pull", name)
        #expect(pull.text.contains("Digest: \(entry.digest)"), "\(pull.errors)")
        #expect(try docker.run("system", "check", "--deep").status == 0)
    }
}
