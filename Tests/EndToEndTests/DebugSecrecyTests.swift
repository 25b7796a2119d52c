// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

/// What `-D` prints may be pasted into a bug report.
struct DebugSecrecyTests {
    @Test func `debug output of a pull names requests, and neither passwords, tokens nor signatures`() async throws {
        let registry = FakeRegistry()
        let layers = try registry.add(TestImage(layers: [try TestLayer(["a": [1]])]), to: "app", tag: "1")
        let blob = "/v2/app/blobs/\(layers[0].digest)"
        let storage = try await FaultServer.start { request in
            registry.answer(
                ServerRequest(
                    method: request.method, target: blob, headers: request.headers, body: [],
                    hasClientCertificate: false))
        }
        let tokens = try await FaultServer.start { _ in
            .json(200, #"{"token":"TOKEN-ABC","refresh_token":"REFRESH-ABC","expires_in":300}"#)
        }
        let location = storage.url + "/blob?X-Amz-Signature=SIGNATURE-ABC&X-Amz-Credential=CREDENTIAL-ABC"
        let challenge = #"Bearer realm="\#(tokens.url)/token",service="registry""#
        let server = try await FaultServer.start { request in
            guard request.header("Authorization") == "Bearer TOKEN-ABC" else {
                return ServerAnswer(401, [("WWW-Authenticate", challenge)])
            }
            return request.path == blob ? ServerAnswer(307, [("Location", location)]) : registry.answer(request)
        }
        let dockerlite = try DockerliteProcess()
        let auth = Data("me:PASSWORD-ABC".utf8).base64EncodedString()
        try dockerlite.write(clientConfig: #"{"auths":{"\#(server.host)":{"auth":"\#(auth)"}}}"#)
        let result = try await background { try dockerlite.run("-D", "pull", "\(server.host)/app:1") }
        #expect(result.status == 0, "\(result.errors)")
        let said = result.text + result.errors
        #expect(said.contains("/v2/app/"))
        for secret in ["PASSWORD-ABC", auth, "TOKEN-ABC", "REFRESH-ABC", "SIGNATURE-ABC", "CREDENTIAL-ABC"] {
            #expect(!said.contains(secret), "\(secret) in: \(said)")
        }
        for server in [server, tokens, storage] { await server.stop() }
    }
}
