// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization
import TestSupport
import Testing

/// Where credentials, client certificates and headers go in a pull, and where they don't.
struct CredentialScopeTests {
    private static func config(_ host: String) -> String {
        let auth = Data("me:secret".utf8).base64EncodedString()
        return #"{"auths":{"\#(host)":{"auth":"\#(auth)"}},"HttpHeaders":{"X-Secret":"tell-nobody"}}"#
    }

    /// Redirects the layer of the world's image to `target`.
    private func redirect(_ world: FaultWorld, _ status: Int, to target: String, times: Int = 9) {
        let path = world.blobPath
        world.registry.fault(at: path, times: times) { _, _ in ServerAnswer(status, [("Location", target + path)]) }
    }

    @Test(arguments: [301, 302, 307, 308])
    func `a storage host gets the request and nothing else`(status: Int) async throws {
        let world = try await FaultWorld(certificate: .server)
        let host = world.server.host
        let (registry, path) = (world.registry, world.blobPath)
        let content = registry.answer(
            ServerRequest(method: "GET", target: path, headers: [], body: [], hasClientCertificate: false))
        let storage = try await FaultServer.start(certificate: .server) { _ in content }
        redirect(world, status, to: storage.url)
        for path in [world.manifestPath, world.blobPath] {
            registry.challenge(at: path)
        }
        try world.dockerlite.write(clientConfig: Self.config(host))
        try world.dockerlite.write(TestCertificate.authority, toCertificatesOf: host, as: "ca.crt")
        try world.dockerlite.write(TestCertificate.client.certificate, toCertificatesOf: host, as: "me.cert")
        try world.dockerlite.write(TestCertificate.client.key, toCertificatesOf: host, as: "me.key")
        let pull = try world.dockerlite.run("pull", world.name)
        #expect(pull.status == 0, "\(pull.errors)")
        #expect(world.server.requests.allSatisfy { $0.hasClientCertificate })
        #expect(world.server.requests.allSatisfy { $0.header("X-Secret") == "tell-nobody" })
        let asked = try #require(storage.requests.first)
        #expect(asked.path == world.blobPath)
        #expect(asked.header("Authorization") == nil)
        #expect(asked.header("X-Secret") == nil)
        #expect(!asked.hasClientCertificate)
        await storage.stop()
    }

    @Test func `from https no redirect leads to http`() async throws {
        let world = try await FaultWorld(certificate: .server)
        let storage = try await FaultServer.start { _ in ServerAnswer(200) }
        redirect(world, 307, to: storage.url)
        let errors = try world.failedPull()
        #expect(errors.contains("refusing to follow the redirect"), "\(errors)")
        #expect(storage.requests.isEmpty)
        await storage.stop()
    }

    @Test func `a loop of redirects ends`() async throws {
        let world = try await FaultWorld(settings: #"{"max-download-attempts": 1}"#)
        redirect(world, 307, to: world.server.url, times: 100)
        let errors = try world.failedPull()
        #expect(errors.contains("redirect"), "\(errors)")
        #expect(world.server.requests(to: world.blobPath).count < 30)
    }

    /// Each token is good for one blob only.
    @Test func `tokens that end in the middle of a pull are renewed`() async throws {
        let fake = FakeRegistry()
        let layers = try fake.add(
            TestImage(layers: [
                try TestLayer.random(size: 50_000, seed: 1), try TestLayer.random(size: 50_000, seed: 2),
            ]),
            to: "app", tag: "1")
        let issued = Atomic<Int>(0)
        let spent = Mutex<Set<String>>([])
        let server = try await FaultServer.start { request in
            if request.path == "/token" {
                let number = issued.add(1, ordering: .relaxed).newValue
                return .json(200, #"{"token":"t\#(number)","expires_in":3600}"#)
            }
            let token = request.header("Authorization")
            let isGood = token.map { token in !spent.withLock { $0.contains(token) } } ?? false
            guard isGood, let token else {
                let realm = "http://\(request.header("Host") ?? "")/token"
                return ServerAnswer(401, [("WWW-Authenticate", #"Bearer realm="\#(realm)",service="test""#)])
            }
            if layers.contains(where: { request.path.hasSuffix("\($0.digest)") }) {
                spent.withLock { _ = $0.insert(token) }
            }
            return fake.answer(request)
        }
        let dockerlite = try DockerliteProcess()
        try dockerlite.write(engineConfig: #"{"max-concurrent-downloads": 1, "max-download-attempts": 1}"#)
        let pull = try dockerlite.run("pull", "\(server.host)/app:1")
        #expect(pull.status == 0, "\(pull.errors)")
        #expect(issued.load(ordering: .relaxed) == 2)
        await server.stop()
    }
}

extension FakeRegistry {
    /// Asks for Basic credentials first.
    fileprivate func challenge(at path: String) {
        fault(at: path) { _, _ in ServerAnswer(401, [("WWW-Authenticate", #"Basic realm="test""#)]) }
    }
}
