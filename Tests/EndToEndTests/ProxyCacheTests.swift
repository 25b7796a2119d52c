// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

/// A registry that keeps what it fetches from another one: distribution's proxy mode.
@Suite(.enabled(if: RegistryProcess.isInstalled))
struct ProxyCacheTests {
    private let origin: RegistryProcess
    private let cache: RegistryProcess
    private let digest: String

    init() async throws {
        origin = try await RegistryProcess.start()
        cache = try await RegistryProcess.start(extraConfiguration: "proxy:\n  remoteurl: \(origin.url)")
        let layout = try TestLayout()
        let entry = try TestImage(layers: [
            try TestLayer(["a": [1]]), try TestLayer.random(size: 300_000, seed: 5),
        ]).write(to: layout)
        try layout.publish(entry, as: "\(origin.host)/team/app:1")
        digest = entry.digest
    }

    private func pull(_ name: String, _ configure: (DockerliteProcess) throws -> Void) throws {
        let dockerlite = try DockerliteProcess()
        try configure(dockerlite)
        let pull = try dockerlite.run("pull", name)
        #expect(pull.status == 0, "\(pull.errors)")
        #expect(pull.text.contains("Digest: \(digest)"), "\(pull.text)")
        #expect(try dockerlite.run("system", "check", "--deep").status == 0)
    }

    @Test func `with hosts toml, a second machine pulls though the origin is gone`() throws {
        let hosts = """
            server = "\(origin.url)"
            [host."\(cache.url)"]
            capabilities = ["pull", "resolve"]
            """
        for _ in 0..<2 {
            try pull("registry.test/team/app:1") {
                try $0.write(hosts, toCertificatesOf: "registry.test", as: "hosts.toml")
            }
            origin.stop()
        }
    }

    @Test func `with registry-mirrors, a second machine pulls though the origin is gone`() throws {
        for _ in 0..<2 {
            try pull("team/app:1") { try $0.write(engineConfig: #"{"registry-mirrors": ["\#(cache.url)"]}"#) }
            origin.stop()
        }
    }
}
