// SPDX-License-Identifier: Apache-2.0

import OCI
import TestSupport
import Testing

@testable import RegistryClient

struct TLSTests {
    private struct Source: EndpointSource {
        let base: HTTPURL
        let tls: TLSIdentity

        func endpoints(for domain: String) async -> [Endpoint]? {
            [Endpoint(base: base, domain: domain, tls: tls)]
        }
    }

    private let authority = [Array(TestCertificate.authority.utf8)]

    private func resolve(_ url: String, _ tls: TLSIdentity) async throws -> ResolvedManifest {
        let base = try #require(HTTPURL(parsing: url))
        let test = TestClient { $0.endpointSources = [Source(base: base, tls: tls)] }
        let result = await Result { try await test.client.resolve(Reference(normalizing: "r.test/a/b:1")) }
        await test.client.shutdown()
        return try result.get()
    }

    private func serve(_ certificate: TestCertificate) async throws -> FaultServer {
        let fake = FakeRegistry()
        fake.add(manifest: Array("{}".utf8), to: "a/b", tag: "1")
        return try await FaultServer.start(certificate: certificate) { fake.answer($0) }
    }

    @Test func `a client certificate is shown where it belongs`() async throws {
        let server = try await serve(.server)
        let certificate = ClientCertificate(
            chain: Array(TestCertificate.client.certificate.utf8), key: Array(TestCertificate.client.key.utf8))
        let tls = TLSIdentity(authorities: authority, clientCertificate: certificate, verifiesServer: true)
        _ = try await resolve(server.url, tls)
        #expect(server.requests.allSatisfy { $0.hasClientCertificate })
        _ = try await resolve(
            server.url, TLSIdentity(authorities: authority, clientCertificate: nil, verifiesServer: true))
        #expect(server.requests.last?.hasClientCertificate == false)
        await server.stop()
    }

    @Test func `a certificate for another host is refused`() async throws {
        let server = try await serve(.wrongHost)
        let tls = TLSIdentity(authorities: authority, clientCertificate: nil, verifiesServer: true)
        let error = await registryError { try await resolve(server.url, tls) }
        #expect(error?.kind == .transport(.tls(.wrongHost("127.0.0.1"))))
        #expect(server.requests.isEmpty)
        var unverified = tls
        unverified.verifiesServer = false
        _ = try await resolve(server.url, unverified)
        await server.stop()
    }

    @Test func `an insecure registry with TLS is spoken to over TLS`() async throws {
        let server = try await serve(.server)
        let test = TestClient()
        _ = try await test.client.resolve(Reference(normalizing: "\(server.host)/a/b:1"))
        #expect(server.requests.count == 1)
        await test.client.shutdown()
        await server.stop()
    }

    @Test func `plain http on a https port is docker's error`() async throws {
        guard RegistryProcess.isInstalled else { return }
        let registry = try await RegistryProcess.start()
        let error = await registryError {
            try await resolve("https://\(registry.host)/", .system)
        }
        #expect(
            error?.description
                == #"Get "https://\#(registry.host)/v2/": http: server gave HTTP response to HTTPS client"#)
    }
}

extension Result where Failure == any Error {
    /// `Result(catching:)` for what has to be awaited.
    fileprivate init(_ body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
