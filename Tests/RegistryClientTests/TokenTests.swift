// SPDX-License-Identifier: Apache-2.0

import OCI
import TestSupport
import Testing

@testable import RegistryClient

/// Bearer tokens: a registry and its token server, both scripted.
struct TokenTests {
    /// Accepts `Bearer <accepted>`, and says where tokens come from.
    private func registry(accepting accepted: Box, tokens: FaultServer, _ fake: FakeRegistry) async throws
        -> FaultServer
    {
        let realm = tokens.url + "/token"
        return try await FaultServer.start { request in
            guard request.header("Authorization") == "Bearer \(accepted.value)" else {
                return .error(
                    401, "UNAUTHORIZED", "authentication required", detail: "[]",
                    [("WWW-Authenticate", #"Bearer realm="\#(realm)",service="reg.test""#)])
            }
            return fake.answer(request)
        }
    }

    private func stop(_ client: RegistryClient, _ servers: FaultServer...) async {
        await client.shutdown()
        for server in servers { await server.stop() }
    }

    @Test func `all workers share one token`() async throws {
        let fake = FakeRegistry()
        let blobs = (0..<20).map { fake.add(blob: [UInt8($0)]) }
        let tokens = try await FaultServer.start { _ in .json(200, #"{"token":"T","expires_in":300}"#) }
        let registry = try await registry(accepting: Box("T"), tokens: tokens, fake)
        let repository = try Repository.test(registry.host)
        let test = TestClient()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for blob in blobs {
                group.addTask { _ = try await test.client.blob(blob, in: repository).collect() }
            }
            try await group.waitForAll()
        }
        #expect(tokens.requests.count == 1)
        #expect(tokens.requests.first?.query("scope") == ["repository%3Aa%2Fb%3Apull"])
        #expect(tokens.requests.first?.query("service") == ["reg.test"])
        #expect(tokens.requests.first?.query("account") == [])
        #expect(tokens.requests.first?.header("Authorization") == nil)
        await stop(test.client, tokens, registry)
    }

    @Test func `each repository has its own token, and the challenge is learnt once`() async throws {
        let fake = FakeRegistry()
        let blob = fake.add(blob: [1])
        let tokens = try await FaultServer.start { _ in .json(200, #"{"access_token":"T"}"#) }
        let registry = try await registry(accepting: Box("T"), tokens: tokens, fake)
        let test = TestClient()
        for path in ["a/b", "c/d"] {
            _ = try await test.client.blob(blob, in: .test(registry.host, path)).collect()
        }
        #expect(tokens.requests.count == 2)
        #expect(registry.requests.count == 3)
        await stop(test.client, tokens, registry)
    }

    @Test func `a token that ends in mid-pull is fetched again once`() async throws {
        let fake = FakeRegistry()
        let blob = fake.add(blob: [1])
        let accepted = Box("1")
        let issued = Box("0")
        let tokens = try await FaultServer.start { _ in
            issued.value = "\((Int(issued.value) ?? 0) + 1)"
            return .json(200, #"{"token":"\#(issued.value)","expires_in":3600}"#)
        }
        let registry = try await registry(accepting: accepted, tokens: tokens, fake)
        let repository = try Repository.test(registry.host)
        let test = TestClient()
        _ = try await test.client.blob(blob, in: repository).collect()
        accepted.value = "2"
        _ = try await test.client.blob(blob, in: repository).collect()
        #expect(tokens.requests.count == 2)
        accepted.value = "never"
        let error = await registryError { try await test.client.blob(blob, in: repository) }
        #expect(error?.description == "unauthorized: authentication required")
        #expect(tokens.requests.count == 3)
        await stop(test.client, tokens, registry)
    }

    @Test func `an expired token is not sent`() async throws {
        let fake = FakeRegistry()
        let blob = fake.add(blob: [1])
        let tokens = try await FaultServer.start { _ in .json(200, #"{"token":"T","expires_in":1}"#) }
        let registry = try await registry(accepting: Box("T"), tokens: tokens, fake)
        let repository = try Repository.test(registry.host)
        let test = TestClient()
        _ = try await test.client.blob(blob, in: repository).collect()
        // Shorter lives count as a minute.
        test.clock.advance(by: .seconds(50))
        _ = try await test.client.blob(blob, in: repository).collect()
        #expect(tokens.requests.count == 1)
        test.clock.advance(by: .seconds(10))
        _ = try await test.client.blob(blob, in: repository).collect()
        #expect(tokens.requests.count == 2)
        await stop(test.client, tokens, registry)
    }

    @Test func `a password goes to the token server with the account`() async throws {
        let fake = FakeRegistry()
        let blob = fake.add(blob: [1])
        let tokens = try await FaultServer.start { _ in .json(200, #"{"token":"T"}"#) }
        let registry = try await registry(accepting: Box("T"), tokens: tokens, fake)
        let host = registry.host
        let test = TestClient { $0.credentials = FixedCredentials(host, user: "me", password: "p:w") }
        _ = try await test.client.blob(blob, in: .test(host)).collect()
        #expect(tokens.requests.first?.query("account") == ["me"])
        #expect(tokens.requests.first?.header("Authorization") == "Basic bWU6cDp3")
        await stop(test.client, tokens, registry)
    }

    @Test func `an identity token is exchanged by POST`() async throws {
        let fake = FakeRegistry()
        let blob = fake.add(blob: [1])
        let tokens = try await FaultServer.start { _ in .json(200, #"{"access_token":"T"}"#) }
        let registry = try await registry(accepting: Box("T"), tokens: tokens, fake)
        let host = registry.host
        let test = TestClient {
            $0.credentials = FixedCredentials(host, .identityToken(username: "", Secret("ID&T")))
        }
        _ = try await test.client.blob(blob, in: .test(host)).collect()
        let request = try #require(tokens.requests.first)
        #expect(request.method == "POST")
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == "client_id=docker&grant_type=refresh_token&refresh_token=ID%26T&scope=repository%3Aa%2Fb%3Apull"
                + "&service=reg.test")
        await stop(test.client, tokens, registry)
    }

    @Test func `a registry token is sent as it is`() async throws {
        let fake = FakeRegistry()
        let blob = fake.add(blob: [1])
        let tokens = try await FaultServer.start { _ in ServerAnswer(500) }
        let registry = try await registry(accepting: Box("RT"), tokens: tokens, fake)
        let host = registry.host
        let test = TestClient { $0.credentials = FixedCredentials(host, .registryToken(Secret("RT"))) }
        _ = try await test.client.blob(blob, in: .test(host)).collect()
        #expect(tokens.requests.isEmpty)
        await stop(test.client, tokens, registry)
    }

    @Test(arguments: [
        (401, #"{"details":"incorrect username or password"}"#, "unauthorized: incorrect username or password"),
        (403, #"{"details":"nope"}"#, "denied: nope"), (429, #"{"details":"slow down"}"#, "toomanyrequests: slow down"),
        (500, "x", "received unexpected HTTP status: 500 Internal Server Error"),
        (200, "{}", "authorization server did not include a token in the response"),
        (200, #"{"token":"a\r\nX: y"}"#, "authorization server did not include a token in the response"),
        (200, "{", "unable to decode token response: unexpected end of JSON input"),
    ])
    func `a token server's refusal is docker's error`(status: Int, body: String, text: String) async throws {
        let tokens = try await FaultServer.start { _ in .json(status, body) }
        let registry = try await registry(accepting: Box("T"), tokens: tokens, FakeRegistry())
        let test = TestClient()
        let reference = try Reference(normalizing: "\(registry.host)/a/b")
        let error = await registryError { try await test.client.resolve(reference) }
        #expect(
            error?.pullDescription(for: reference)
                == #"Head "http://\#(registry.host)/v2/a/b/manifests/latest": \#(text)"#)
        await stop(test.client, tokens, registry)
    }

    @Test func `an endless token is cut off`() async throws {
        let tokens = try await FaultServer.start { _ in
            var answer = ServerAnswer(200).with(framing: .chunked)
            answer.body = .endless
            return answer
        }
        let registry = try await registry(accepting: Box("T"), tokens: tokens, FakeRegistry())
        let test = TestClient()
        let error = await registryError { try await test.client.blob(.test("x"), in: .test(registry.host)) }
        #expect(error?.kind == .bodyTooLarge(limit: 64 << 10))
        await stop(test.client, tokens, registry)
    }

    @Test func `basic without credentials is docker's error`() async throws {
        let registry = try await FaultServer.start { _ in
            ServerAnswer(401, [("WWW-Authenticate", "Basic realm=x")])
        }
        let test = TestClient()
        let reference = try Reference(normalizing: "\(registry.host)/x")
        let error = await registryError { try await test.client.resolve(reference) }
        #expect(
            error?.pullDescription(for: reference)
                == #"Head "http://\#(registry.host)/v2/x/manifests/latest": no basic auth credentials"#)
        await stop(test.client, registry)
    }

    @Test func `basic is sent unasked once it is known`() async throws {
        let fake = FakeRegistry()
        let blob = fake.add(blob: [1])
        let registry = try await FaultServer.start { request in
            request.header("Authorization") == "Basic dTpw"
                ? fake.answer(request) : ServerAnswer(401, [("WWW-Authenticate", "Basic realm=x")])
        }
        let host = registry.host
        let test = TestClient { $0.credentials = FixedCredentials(host, user: "u", password: "p") }
        for _ in 0..<3 { _ = try await test.client.blob(blob, in: .test(host)).collect() }
        #expect(registry.requests.count == 4)
        await stop(test.client, registry)
    }

    @Test func `the password never reaches an untrusted realm`() async throws {
        let tokens = try await FaultServer.start { _ in .json(200, #"{"token":"T"}"#) }
        let port = tokens.port
        let registry = try await FaultServer.start { _ in
            ServerAnswer(
                401, [("WWW-Authenticate", #"Bearer realm="http://tokens.example:\#(port)/",service="x""#)])
        }
        let host = registry.host
        let test = TestClient { $0.credentials = FixedCredentials(host, user: "u", password: "p") }
        let error = await registryError { try await test.client.blob(.test("x"), in: .test(host)) }
        guard case .realmRefused(_, .otherDomain) = error?.kind else {
            Issue.record("\(String(describing: error))")
            return
        }
        await stop(test.client, tokens, registry)
    }
}
