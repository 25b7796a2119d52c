// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import OCI
import TestSupport
import Testing

@testable import RegistryClient

/// Against `docker-registry` itself; skipped where it isn't installed.
@Suite(.enabled(if: RegistryProcess.isInstalled))
struct RealRegistryTests {
    private static let layer = (0..<500_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    private static let manifest = Array(
        #"{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[]}"#.utf8)

    private var layer: Descriptor {
        Descriptor(
            mediaType: .ociLayer, digest: SHA256Hasher.digest(of: Self.layer), size: Int64(Self.layer.count))
    }

    /// Pushes a layer and an index, and pulls them again.
    private func roundTrip(_ client: RegistryClient, _ host: String) async throws {
        let repository = try Repository.test(host)
        let outcome = try await client.upload(layer, to: repository, source: MemoryBlob(bytes: Self.layer))
        #expect(outcome == .uploaded)
        #expect(
            try await client.upload(layer, to: repository, source: MemoryBlob(bytes: Self.layer)) == .alreadyExists)
        let digest = SHA256Hasher.digest(of: Self.manifest)
        let document = RawDocument(bytes: Self.manifest, mediaType: .ociIndex, digest: digest)
        #expect(try await client.putManifest(document, to: repository, tag: "1") == digest)

        let fetched = try await client.manifest(Reference(normalizing: "\(host)/a/b:1"))
        #expect(fetched.document == document)
        let resumed = try await client.blob(layer, in: repository, offset: 400_000)
        #expect(resumed.start == 400_000)
        #expect(try await resumed.collect() == Array(Self.layer[400_000...]))
        #expect(try await client.tags(of: repository) == ["1"])

        let other = try Repository.test(host, "c/d")
        #expect(
            try await client.upload(layer, to: other, mountFrom: [repository], source: MemoryBlob(bytes: Self.layer))
                == .mounted(from: repository))
    }

    @Test func `an open registry is pushed to, pulled from and deleted from`() async throws {
        let registry = try await RegistryProcess.start()
        let test = TestClient()
        try await roundTrip(test.client, registry.host)
        let repository = try Repository.test(registry.host)
        let digest = SHA256Hasher.digest(of: Self.manifest)
        try await test.client.deleteManifest(digest, in: repository)
        let reference = try Reference(normalizing: "\(registry.host)/a/b@\(digest)")
        let error = await registryError { try await test.client.manifest(reference) }
        #expect(error?.statusForAPI == 404)
        await test.client.shutdown()
    }

    @Test func `a registry with passwords`() async throws {
        let registry = try await RegistryProcess.start(authentication: .password(user: "me", password: "s:ecret"))
        let host = registry.host
        let test = TestClient { $0.credentials = FixedCredentials(host, user: "me", password: "s:ecret") }
        try await roundTrip(test.client, host)
        let login = try await test.client.checkLogin(
            server: host, credential: .password(username: "me", password: Secret("s:ecret")))
        #expect(login.identityToken == nil)
        let wrong = await registryError {
            try await test.client.checkLogin(
                server: host, credential: .password(username: "me", password: Secret("no")))
        }
        #expect(wrong?.description == "login attempt to http://\(host)/v2/ failed with status: 401 Unauthorized")
        await test.client.shutdown()

        let anonymous = TestClient()
        let reference = try Reference(normalizing: "\(host)/a/b:1")
        let error = await registryError { try await anonymous.client.resolve(reference) }
        #expect(
            error?.pullDescription(for: reference)
                == #"Head "http://\#(host)/v2/a/b/manifests/1": no basic auth credentials"#)
        await anonymous.client.shutdown()
    }

    @Test func `a registry with tokens`() async throws {
        let tokens = try await TokenServer.start(user: "me", password: "pw")
        let registry = try await RegistryProcess.start(authentication: .token(tokens))
        let host = registry.host
        let test = TestClient { $0.credentials = FixedCredentials(host, user: "me", password: "pw") }
        try await roundTrip(test.client, host)
        // One for each of: push and pull of a/b, mount into c/d, check of c/d.
        #expect(tokens.requests.count <= 5)
        await test.client.shutdown()

        let wrong = TestClient { $0.credentials = FixedCredentials(host, user: "me", password: "no") }
        let reference = try Reference(normalizing: "\(host)/a/b:1")
        let error = await registryError { try await wrong.client.resolve(reference) }
        #expect(
            error?.pullDescription(for: reference)
                == #"Head "http://\#(host)/v2/a/b/manifests/1": unauthorized: incorrect username or password"#)
        let login = await registryError {
            try await wrong.client.checkLogin(
                server: host, credential: .password(username: "me", password: Secret("no")))
        }
        #expect(
            login?.description == #"Get "http://\#(host)/v2/": unauthorized: incorrect username or password"#)
        await wrong.client.shutdown()

        tokens.refuse("a/b")
        let refused = TestClient { $0.credentials = FixedCredentials(host, user: "me", password: "pw") }
        let denied = await registryError { try await refused.client.resolve(reference) }
        #expect(
            denied?.pullDescription(for: reference)
                == "pull access denied for \(host)/a/b, repository does not exist or may require 'docker login': "
                + "denied: requested access to the resource is denied")
        await refused.client.shutdown()
        await tokens.stop()
    }

    @Test func `a registry with its own authority is trusted through certs.d only`() async throws {
        let registry = try await RegistryProcess.start(certificate: .server)
        let port = registry.port
        let certificates = try TemporaryDirectory()
        try certificates.write(TestCertificate.authority + "\n", to: "localhost.test:\(port)/ca.crt")
        let base = try #require(HTTPURL(parsing: registry.url))
        let trusting = TestClient {
            $0.endpointSources = [
                TrustedSource(base: base, certificates: CertificateDirectory(roots: [certificates.path]))
            ]
        }
        try await roundTrip(trusting.client, "localhost.test:\(port)")
        await trusting.client.shutdown()

        let other = TestClient {
            $0.endpointSources = [TrustedSource(base: base, certificates: CertificateDirectory(roots: []))]
        }
        let error = await registryError {
            try await other.client.resolve(Reference(normalizing: "localhost.test:\(port)/a/b:1"))
        }
        #expect(
            error?.description
                == #"Get "https://127.0.0.1:\#(port)/v2/": tls: failed to verify certificate: "#
                + "x509: certificate signed by unknown authority")
        await other.client.shutdown()
    }

    /// The name `localhost.test`, verified although it is on loopback.
    private struct TrustedSource: EndpointSource {
        let base: HTTPURL
        let certificates: CertificateDirectory

        func endpoints(for domain: String) async throws -> [Endpoint]? {
            [Endpoint(base: base, domain: domain, tls: try certificates.identity(for: domain, verifies: true))]
        }
    }
}
