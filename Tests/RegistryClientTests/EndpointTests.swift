// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RegistryClient

struct EndpointTests {
    private func endpoints(
        _ domain: String, mirrors: [String] = [], insecure: [String] = []
    ) async throws -> [Endpoint] {
        let source = try DockerEndpoints(
            mirrors: mirrors.map { try MirrorURL($0) }, insecure: InsecureRegistries(insecure),
            certificates: CertificateDirectory(roots: []), resolver: FixedResolver(["localhost": "127.0.0.1"]))
        return try await source.endpoints(for: domain) ?? []
    }

    @Test func `docker hub has its mirrors first`() async throws {
        let found = try await endpoints(
            "docker.io", mirrors: ["http://127.0.0.1:5000", "https://m.example/path"])
        #expect(
            found.map(\.base.description) == [
                "http://127.0.0.1:5000/", "https://m.example/path/", "https://registry-1.docker.io/",
            ])
        #expect(found.map(\.isMirror) == [true, true, false])
        #expect(found.map { $0.capabilities.contains(.push) } == [false, false, true])
        #expect(
            found[1].url("library/alpine/manifests/latest").description
                == "https://m.example/path/v2/library/alpine/manifests/latest")
    }

    @Test func `mirrors are for docker hub only`() async throws {
        let found = try await endpoints("r.example", mirrors: ["https://m.example"])
        #expect(found.map(\.base.description) == ["https://r.example/"])
        #expect(found.first?.tls.verifiesServer == true)
    }

    @Test func `an insecure registry has http behind https, both unverified`() async throws {
        for found in try await [endpoints("r.example:5000", insecure: ["r.example:5000"]), endpoints("localhost:5000")]
        {
            #expect(found.map(\.base.scheme) == [.https, .http])
            #expect(found.allSatisfy { !$0.tls.verifiesServer })
        }
    }

    @Test func `a mirror's credentials are its own`() async throws {
        let found = try await endpoints("docker.io", mirrors: ["https://m.example:8443"])
        #expect(found.map(\.credentialKey) == ["m.example:8443", "https://index.docker.io/v1/"])
    }

    @Test func `a namespace goes along as ns`() throws {
        let base = try #require(HTTPURL(parsing: "https://m.example/"))
        let endpoint = Endpoint(base: base, domain: "quay.io", isMirror: true, namespace: "quay.io")
        #expect(endpoint.url("a/tags/list").description == "https://m.example/v2/a/tags/list?ns=quay.io")
    }
}
