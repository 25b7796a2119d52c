// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import OCI
import TestSupport
import Testing

@testable import RegistryClient

struct ForeignLayerTests {
    private static let content = Array("a foreign layer".utf8)

    private func layer(_ urls: [String], _ type: MediaType = .ociLayerForeign) -> Descriptor {
        Descriptor(
            mediaType: type, digest: SHA256Hasher.digest(of: Self.content), size: Int64(Self.content.count), urls: urls)
    }

    @Test func `a layer the registry lacks comes from its urls, without credentials`() async throws {
        let elsewhere = try await FaultServer.start { request in
            request.path == "/layer"
                ? ServerAnswer(200, body: Self.content) : ServerAnswer(401, [("WWW-Authenticate", "Basic realm=x")])
        }
        let registry = try await FaultServer.start { request in
            request.header("Authorization") == nil
                ? ServerAnswer(401, [("WWW-Authenticate", "Basic realm=x")]) : ServerAnswer(404)
        }
        let host = registry.host
        let elsewhereHost = elsewhere.host
        let test = TestClient {
            $0.credentials = TwoCredentials(hosts: [host, elsewhereHost])
            $0.headers = ["X-Api-Key": "secret"]
        }
        let foreign = layer(["\(elsewhere.url)/locked", "\(elsewhere.url)/layer"])
        let stream = try await test.client.blob(foreign, in: .test(host))
        #expect(try await stream.collect() == Self.content)
        #expect(elsewhere.requests.map(\.path) == ["/locked", "/layer"])
        #expect(elsewhere.requests.allSatisfy { $0.header("Authorization") == nil && $0.header("X-Api-Key") == nil })

        // An ordinary layer's urls are not looked at.
        let ordinary = layer(["\(elsewhere.url)/layer"], .ociLayer)
        let error = await registryError { try await test.client.blob(ordinary, in: .test(host)) }
        #expect(error?.kind == .unknownBlob)
        await test.client.shutdown()
        await registry.stop()
        await elsewhere.stop()
    }

    @Test(arguments: ["http://169.254.169.254/x", "file:///etc/passwd", "ftp://h/x", ""])
    func `urls that lead astray are not followed`(url: String) async throws {
        let registry = try await FaultServer.start { _ in ServerAnswer(404) }
        let test = TestClient()
        _ = await registryError { try await test.client.blob(layer([url]), in: .test(registry.host)) }
        #expect(registry.requests.allSatisfy { $0.path.hasPrefix("/v2/") })
        await test.client.shutdown()
        await registry.stop()
    }

    private struct TwoCredentials: CredentialProvider {
        let hosts: [String]

        func credential(for key: String) async -> Credential? {
            hosts.contains(key) ? .password(username: "u", password: Secret("p")) : nil
        }
    }
}
