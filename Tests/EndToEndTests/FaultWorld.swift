// SPDX-License-Identifier: Apache-2.0
import OCI
import TestSupport
import Testing

/// A registry in memory with one image of one layer, a server that answers for it as a test says, and the program.
struct FaultWorld {
    let registry = FakeRegistry()
    let layer: Descriptor
    let server: FaultServer
    let dockerlite: DockerliteProcess

    init(settings: String = #"{"max-download-attempts": 2}"#, certificate: TestCertificate? = nil) async throws {
        let image = TestImage(layers: [try TestLayer.random(size: 300_000, seed: 3)])
        layer = try registry.add(image, to: "app", tag: "1")[0]
        server = try await FaultServer.start(certificate: certificate, handler: registry.answer)
        dockerlite = try DockerliteProcess(program: "docker")
        try dockerlite.write(engineConfig: settings)
    }

    var name: String { "\(server.host)/app:1" }
    var manifestPath: String { "/v2/app/manifests/1" }
    var blobPath: String { "/v2/app/blobs/\(layer.digest)" }

    /// Pulls from a server that fails as it was told to.
    /// - Returns: what the program says about it.
    func failedPull() throws -> String {
        let pull = try dockerlite.run("pull", name)
        #expect(pull.status == 1)
        #expect(!pull.text.contains("Status: Downloaded"))
        return pull.errors
    }

    /// A healthy pull afterwards must work, whatever happened before.
    func expectIntact() throws {
        let healthy = try dockerlite.run("pull", "-q", name)
        #expect(healthy.status == 0, "\(healthy.errors)")
        let check = try dockerlite.run("system", "check", "--deep")
        #expect(check.status == 0, "\(check.text)\(check.errors)")
    }
}
