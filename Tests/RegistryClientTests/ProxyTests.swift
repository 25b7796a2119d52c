// SPDX-License-Identifier: Apache-2.0

import OCI
import TestSupport
import Testing

@testable import RegistryClient

struct ProxyTests {
    @Test func `a proxy is asked to connect, with its own credentials only`() async throws {
        let proxy = try await FaultServer.start { _ in ServerAnswer(407) }
        let settings = try ProxySettings(environment: ["HTTPS_PROXY": "http://pu:pp@\(proxy.host)"])
        let test = TestClient {
            $0.proxies = settings
            $0.credentials = FixedCredentials("registry.example", user: "u", password: "p")
        }
        let error = await registryError {
            try await test.client.resolve(Reference(normalizing: "registry.example/a/b"))
        }
        #expect(
            error?.description
                == #"Get "https://registry.example/v2/": proxyconnect tcp: Proxy Authentication Required"#)
        let request = try #require(proxy.requests.first)
        #expect(request.method == "CONNECT")
        #expect(request.target == "registry.example:443")
        #expect(request.header("Proxy-Authorization") == "Basic cHU6cHA=")
        #expect(request.header("Authorization") == nil)
        await test.client.shutdown()
        await proxy.stop()
    }
}
