// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1
import OCI
import TestSupport
import Testing

@testable import RegistryClient

/// What goes along to where a registry redirects.
struct RedirectTests {
    enum Difference: String, CaseIterable, Sendable {
        case none, port, host, scheme
    }

    private static let content = Array("content of a blob".utf8)

    private func storage(_ certificate: TestCertificate?) async throws -> FaultServer {
        try await FaultServer.start(certificate: certificate) { _ in ServerAnswer(200, body: Self.content) }
    }

    @Test(arguments: [301, 302, 303, 307, 308], Difference.allCases)
    func `credentials and headers stay with the registry's origin`(status: Int, difference: Difference) async throws {
        let storage = try await storage(difference == .scheme ? .server : nil)
        let port = storage.port
        let registry = try await FaultServer.start { request in
            if request.path == "/here" { return ServerAnswer(200, body: Self.content) }
            let target: String =
                switch difference {
                case .none: "/here?X-Sig=a%2Bb"
                case .port: "http://127.0.0.1:\(port)/there?X-Sig=a%2Bb"
                case .host: "http://localhost:\(port)/there?X-Sig=a%2Bb"
                case .scheme: "https://localhost:\(port)/there?X-Sig=a%2Bb"
                }
            if request.header("Authorization") == nil {
                return ServerAnswer(401, [("WWW-Authenticate", "Basic realm=x")])
            }
            return ServerAnswer(status, [("Location", target)])
        }
        let host = registry.host
        let test = TestClient {
            $0.credentials = FixedCredentials(host, user: "u", password: "p")
            $0.headers = ["X-API-Key": "secret"]
        }
        let blob = try Descriptor.test("content of a blob")
        do {
            let stream = try await test.client.blob(blob, in: .test(registry.host))
            #expect(try await stream.collect() == Self.content)
            #expect(difference != .scheme)
        } catch let error as RegistryError {
            // The registry isn't verified, being on a loopback address; that doesn't carry over.
            #expect(difference == .scheme)
            #expect(error.kind == .transport(.tls(.unknownAuthority)))
        }
        let first = try #require(registry.requests.first { $0.path.hasPrefix("/v2/a/b") })
        #expect(first.header("X-API-Key") == "secret")
        if difference == .none {
            let last = try #require(registry.requests(to: "/here").first)
            #expect(last.target == "/here?X-Sig=a%2Bb")
            #expect(last.header("Authorization") == "Basic dTpw")
            #expect(last.header("X-API-Key") == "secret")
        } else if difference != .scheme {
            let last = try #require(storage.requests.first)
            #expect(last.target == "/there?X-Sig=a%2Bb")
            #expect(last.header("Authorization") == nil)
            #expect(last.header("X-API-Key") == nil)
            #expect(last.header("User-Agent") == "dockerlite/test")
        }
        await test.client.shutdown()
        await registry.stop()
        await storage.stop()
    }

    @Test func `a storage host that asks for credentials gets none`() async throws {
        let storage = try await FaultServer.start { _ in
            ServerAnswer(401, [("WWW-Authenticate", "Basic realm=x")])
        }
        let target = storage.url
        let registry = try await FaultServer.start { _ in ServerAnswer(307, [("Location", target + "/x")]) }
        let (host, storageHost) = (registry.host, storage.host)
        let test = TestClient { $0.credentials = FixedCredentials(host, user: "u", password: "p") }
        let error = await registryError { try await test.client.blob(.test("x"), in: .test(registry.host)) }
        #expect(error?.host == storageHost)
        #expect(storage.requests.count == 1)
        #expect(storage.requests.allSatisfy { $0.header("Authorization") == nil })
        await test.client.shutdown()
        await registry.stop()
        await storage.stop()
    }

    @Test func `the way back does not bring credentials back`() async throws {
        let content = Self.content
        let registryURL = Box()
        let storage = try await FaultServer.start { _ in
            ServerAnswer(302, [("Location", registryURL.value + "/back")])
        }
        let target = storage.url
        let registry = try await FaultServer.start { request in
            if request.path == "/back" { return ServerAnswer(200, body: content) }
            guard request.header("Authorization") != nil else {
                return ServerAnswer(401, [("WWW-Authenticate", "Basic realm=x")])
            }
            return ServerAnswer(307, [("Location", target + "/x")])
        }
        registryURL.value = registry.url
        let host = registry.host
        let test = TestClient { $0.credentials = FixedCredentials(host, user: "u", password: "p") }
        _ = try await test.client.blob(.test("content of a blob"), in: .test(registry.host)).collect()
        #expect(registry.requests(to: "/back").first?.header("Authorization") == nil)
        #expect(registry.requests(to: "/back").count == 1)
        await test.client.shutdown()
        await registry.stop()
        await storage.stop()
    }

    @Test func `a loop of redirects ends`() async throws {
        let registry = try await FaultServer.start { _ in ServerAnswer(302, [("Location", "/again")]) }
        let test = TestClient()
        let error = await registryError { try await test.client.blob(.test("x"), in: .test(registry.host)) }
        let url = registry.url + "/again"
        #expect(error?.kind == .redirectRefused(url: url, reason: .tooMany(limit: 10)))
        await test.client.shutdown()
        await registry.stop()
    }

    @Test(arguments: [
        ("http://storage.example/x", RedirectRefusal.downgrade), ("https://10.0.0.1/x", .address(.privateAddress)),
        ("https://169.254.169.254/x", .address(.linkLocal)), ("file:///etc/passwd", .notAURL),
        ("https://localhost/x", .address(.privateAddress)),
    ])
    func `a public registry's redirects are checked`(location: String, reason: RedirectRefusal) async throws {
        let realms = RealmPolicy(
            resolver: FixedResolver(["r.example": "203.0.113.1"]), trustedHosts: [])
        let endpoint = try Endpoint(base: #require(HTTPURL(parsing: "https://r.example/")), domain: "r.example")
        let request = TransportRequest(method: .GET, url: endpoint.url("a/blobs/x"))
        let error = await registryError {
            try await RedirectPolicy(realms: realms).next(request, to: location, endpoint)
        }
        guard case .redirectRefused(_, reason) = error?.kind else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `a client certificate is for its origin only`() async throws {
        let realms = RealmPolicy(resolver: FixedResolver(), trustedHosts: [])
        let tls = TLSIdentity(
            authorities: [[1]], clientCertificate: ClientCertificate(chain: [2], key: [3]), verifiesServer: true)
        let endpoint = try Endpoint(
            base: #require(HTTPURL(parsing: "https://r.example/")), domain: "r.example", tls: tls)
        let request = TransportRequest(
            method: .GET, url: endpoint.url("a"), headers: ["Authorization": "x", "Range": "bytes=1-"], tls: tls)
        let policy = RedirectPolicy(realms: realms)
        for location in ["https://r.example:8443/b", "https://other.example/b"] {
            let next = try await policy.next(request, to: location, endpoint)
            #expect(next.tls == TLSIdentity(authorities: [[1]], clientCertificate: nil, verifiesServer: true))
            #expect(next.headers.map(\.name) == ["Range"])
        }
        #expect(try await policy.next(request, to: "/b", endpoint).tls == tls)
    }

    @Test func `a storage target serves further ranges until it expires`() async throws {
        let content = Self.content
        let expired = Box("no")
        let storage = try await FaultServer.start { request in
            if expired.value == "yes", request.query("sig") == ["1"] { return ServerAnswer(403) }
            guard let start = request.rangeStart else { return ServerAnswer(200, body: content) }
            return ServerAnswer(
                206, [("Content-Range", "bytes \(start)-\(content.count - 1)/\(content.count)")],
                body: Array(content[start...]))
        }
        let target = storage.url
        let signatures = Box("0")
        let registry = try await FaultServer.start { _ in
            let next = (Int(signatures.value) ?? 0) + 1
            signatures.value = "\(next)"
            return ServerAnswer(307, [("Location", "\(target)/x?sig=\(next)")])
        }
        let test = TestClient()
        let blob = try Descriptor.test("content of a blob")
        let repository = try Repository.test(registry.host)
        _ = try await test.client.blob(blob, in: repository).collect()
        _ = try await test.client.blob(blob, in: repository, offset: 3).collect()
        #expect(registry.requests.count == 1)
        expired.value = "yes"
        let rest = try await test.client.blob(blob, in: repository, offset: 5).collect()
        #expect(rest == Array(content[5...]))
        #expect(registry.requests.count == 2)
        #expect(storage.requests.compactMap { $0.query("sig").first } == ["1", "1", "1", "2"])
        await test.client.shutdown()
        await registry.stop()
        await storage.stop()
    }
}
