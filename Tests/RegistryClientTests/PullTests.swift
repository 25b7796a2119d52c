// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import OCI
import TestSupport
import Testing

@testable import RegistryClient

/// The pull path against a server that misbehaves as told.
struct PullTests {
    private let registry = FakeRegistry()
    private let manifest = Array(#"{"schemaVersion":2}"#.utf8)

    private func serve(
        _ registry: FakeRegistry? = nil,
        _ body: (FaultServer, RegistryClient, ManualClock) async throws -> Void
    ) async throws {
        let registry = registry ?? self.registry
        let server = try await FaultServer.start { registry.answer($0) }
        let test = TestClient()
        do {
            try await body(server, test.client, test.clock)
        } catch {
            Issue.record(error)
        }
        await test.client.shutdown()
        await server.stop()
    }

    private func reference(_ server: FaultServer, _ rest: String) throws -> Reference {
        try Reference(normalizing: "\(server.host)/\(rest)")
    }

    @Test func `an unchanged tag costs one request`() async throws {
        let digest = registry.add(manifest: manifest, to: "a/b", tag: "1")
        try await serve { server, client, _ in
            let resolved = try await client.resolve(reference(server, "a/b:1"))
            #expect(resolved.digest == digest)
            #expect(resolved.mediaType == .ociManifest)
            #expect(resolved.size == Int64(manifest.count))
            #expect(server.requests.map(\.method) == ["HEAD"])
            #expect(server.requests.first?.header("User-Agent") == "dockerlite/test")
            #expect(server.requests.first?.header("Accept-Encoding") == "identity")
            let accepted = server.requests.first?.headers.filter { $0.name == "Accept" }.map(\.value) ?? []
            #expect(Set(accepted).isSuperset(of: [MediaType.ociIndex.rawValue, MediaType.dockerManifest.rawValue]))
        }
    }

    @Test func `a digest is resolved without asking, and fetched with a check`() async throws {
        let digest = registry.add(manifest: manifest, to: "a/b")
        try await serve { server, client, _ in
            let resolved = try await client.resolve(reference(server, "a/b@\(digest)"))
            #expect(server.requests.isEmpty)
            let fetched = try await client.manifest(resolved)
            #expect(fetched.document.bytes == manifest)
            #expect(fetched.document.digest == digest)
        }
    }

    @Test func `without a digest header the body is hashed, in one GET`() async throws {
        let digest = registry.add(manifest: manifest, to: "a/b", tag: "1")
        registry.fault(at: "/v2/a/b/manifests/1", times: 2) { _, answer in
            var answer = answer
            answer.headers.removeAll { $0.name == "Docker-Content-Digest" }
            return answer
        }
        try await serve { server, client, _ in
            let fetched = try await client.manifest(reference(server, "a/b:1"))
            #expect(fetched.document.digest == digest)
            #expect(server.requests.map(\.method) == ["HEAD", "GET"])
        }
    }

    @Test func `a lying digest header is caught by the fetch`() async throws {
        registry.add(manifest: manifest, to: "a/b", tag: "1")
        let other = registry.add(manifest: Array("{}".utf8), to: "a/b")
        let lie = try Digest(hex: String(repeating: "0", count: 64))
        registry.fault(at: "/v2/a/b/manifests/1") { _, answer in
            var answer = answer
            answer.headers.removeAll { $0.name == "Docker-Content-Digest" }
            return answer.with("Docker-Content-Digest", lie.description)
        }
        registry.fault(at: "/v2/a/b/manifests/\(lie)") { _, _ in ServerAnswer(200, text: "{}") }
        #expect(other != lie)
        try await serve { server, client, _ in
            let error = await registryError { try await client.manifest(reference(server, "a/b:1")) }
            #expect(error?.description == "manifest verification failed for digest \(lie)")
        }
    }

    @Test(arguments: ["sha256:../../etc/passwd", "sha256:ABC", "sha256:", "md5:x", "nonsense"])
    func `an unusable digest header is as good as none`(header: String) async throws {
        let digest = registry.add(manifest: manifest, to: "a/b", tag: "1")
        registry.fault(at: "/v2/a/b/manifests/1") { _, answer in
            var answer = answer
            answer.headers.removeAll { $0.name == "Docker-Content-Digest" }
            return answer.with("Docker-Content-Digest", header)
        }
        try await serve { server, client, _ in
            let resolved = try await client.resolve(reference(server, "a/b:1"))
            #expect(resolved.digest == digest)
        }
    }

    @Test func `a missing tag is docker's error`() async throws {
        try await serve { server, client, _ in
            let reference = try reference(server, "a/b:nosuch")
            let error = await registryError { try await client.resolve(reference) }
            #expect(
                error?.pullDescription(for: reference)
                    == "manifest for \(server.host)/a/b:nosuch not found: manifest unknown: manifest unknown")
            #expect(error?.statusForAPI == 404)
            #expect(server.requests.map(\.method) == ["HEAD", "GET"])
        }
    }

    @Test func `an endless manifest is cut off`() async throws {
        registry.fault(at: "/v2/a/b/manifests/1", times: 2) { _, _ in
            var answer = ServerAnswer(200).with(framing: .chunked)
            answer.body = .endless
            return answer
        }
        try await serve { server, client, _ in
            let error = await registryError { try await client.manifest(reference(server, "a/b:1")) }
            #expect(error?.kind == .bodyTooLarge(limit: 4 << 20))
        }
    }

    @Test func `an endless error is cut off`() async throws {
        registry.fault(at: "/v2/a/b/manifests/1", times: 2) { _, _ in
            var answer = ServerAnswer(404).with(framing: .untilClose)
            answer.body = .endless
            return answer
        }
        try await serve { server, client, _ in
            let error = await registryError { try await client.manifest(reference(server, "a/b:1")) }
            #expect(error?.kind == .api(status: 404, errors: [APIError(.unknown, message: "")]))
        }
    }

    @Test func `an endless list of tags is cut off, and so is an endless config`() async throws {
        let config = registry.add(blob: Array("{}".utf8), mediaType: .ociConfig)
        for path in ["tags/list", "blobs/\(config.digest)"] {
            registry.fault(at: "/v2/a/b/\(path)", times: 9) { _, _ in
                var answer = ServerAnswer(200).with(framing: .chunked)
                answer.body = .endless
                return answer
            }
        }
        try await serve { server, client, _ in
            let tags = await registryError { try await client.tags(of: .test(server.host)) }
            #expect(tags?.kind == .bodyTooLarge(limit: 4 << 20))
            #expect(await registryError { try await client.config(config, in: .test(server.host)) } != nil)
        }
    }

    @Test func `an encoded manifest is refused`() async throws {
        registry.add(manifest: manifest, to: "a/b", tag: "1")
        registry.fault(at: "/v2/a/b/manifests/1", times: 2) { request, answer in
            request.method == "GET" ? answer.with("Content-Encoding", "gzip") : ServerAnswer(405)
        }
        try await serve { server, client, _ in
            let error = await registryError { try await client.manifest(reference(server, "a/b:1")) }
            #expect(error?.kind == .contentEncoding("gzip"))
        }
    }

    @Test func `a burst of failures is ridden out`() async throws {
        registry.add(manifest: manifest, to: "a/b", tag: "1")
        registry.fault(at: "/v2/a/b/manifests/1", times: 2) { _, _ in ServerAnswer(503) }
        registry.fault(at: "/v2/a/b/manifests/1") { _, answer in answer.with(ending: .reset(after: 0)) }
        try await serve { server, client, clock in
            _ = try await client.manifest(reference(server, "a/b:1"))
            #expect(clock.sleeps.allSatisfy { $0 <= .milliseconds(500) })
        }
    }

    @Test func `a registry that stays down is reported as it answers`() async throws {
        registry.fault(at: "/v2/a/b/manifests/1", times: 100) { _, _ in ServerAnswer(503, text: "<html>") }
        try await serve { server, client, _ in
            let error = await registryError { try await client.manifest(reference(server, "a/b:1")) }
            #expect(error?.description == "received unexpected HTTP status: 503 Service Unavailable")
        }
    }

    @Test func `a quota is reported at once`() async throws {
        registry.fault(at: "/v2/a/b/manifests/1", times: 2) { _, _ in
            .error(429, "TOOMANYREQUESTS", "You have reached your pull rate limit.")
        }
        try await serve { server, client, clock in
            let error = await registryError { try await client.resolve(reference(server, "a/b:1")) }
            #expect(error?.description == "toomanyrequests: You have reached your pull rate limit.")
            #expect(error?.disposition == .quota)
            #expect(clock.sleeps.isEmpty)
        }
    }

    @Test func `a short retry-after is waited for`() async throws {
        registry.add(manifest: manifest, to: "a/b", tag: "1")
        registry.fault(at: "/v2/a/b/manifests/1") { _, _ in
            .error(429, "TOOMANYREQUESTS", "slow down", [("Retry-After", "7")])
        }
        try await serve { server, client, clock in
            _ = try await client.resolve(reference(server, "a/b:1"))
            #expect(clock.sleeps == [.seconds(7)])
        }
    }

    @Test func `warnings and limits are kept for the caller`() async throws {
        registry.add(manifest: manifest, to: "a/b", tag: "1")
        registry.fault(at: "/v2/a/b/manifests/1", times: 2) { _, answer in
            answer.with("Warning", #"299 - "this repository moves""#).with("ratelimit-limit", "100;w=60")
                .with("ratelimit-remaining", "3;w=60")
        }
        try await serve { server, client, _ in
            _ = try await client.resolve(reference(server, "a/b:1"))
            _ = try await client.resolve(reference(server, "a/b:1"))
            #expect(client.takeNotices() == [RegistryNotice(registry: server.host, text: "this repository moves")])
            #expect(client.takeNotices().isEmpty)
            #expect(try client.rateLimit(of: .test(server.host))?.remaining == 3)
        }
    }

    @Test func `nothing listening is docker's error about the last address tried`() async throws {
        let test = TestClient()
        let error = await registryError { try await test.client.resolve(Reference(normalizing: "127.0.0.1:1/x")) }
        #expect(
            error?.description
                == #"Get "http://127.0.0.1:1/v2/": dial tcp 127.0.0.1:1: connect: connection refused"#)
        #expect(test.clock.sleeps.isEmpty)
        await test.client.shutdown()
    }

    @Test func `a config is verified and fetched again after failures`() async throws {
        let config = registry.add(blob: Array("{}".utf8), mediaType: .ociConfig)
        registry.fault(at: "/v2/a/b/blobs/\(config.digest)", times: 3) { _, _ in ServerAnswer(500) }
        try await serve { server, client, clock in
            let document = try await client.config(config, in: .test(server.host))
            #expect(document.bytes == Array("{}".utf8))
            #expect(clock.sleeps == [.milliseconds(250), .milliseconds(500), .seconds(1)])
        }
    }

    @Test func `a config that never comes is docker's error`() async throws {
        let config = registry.add(blob: Array("{}".utf8), mediaType: .ociConfig)
        registry.fault(at: "/v2/a/b/blobs/\(config.digest)", times: 9) { _, _ in ServerAnswer(500) }
        try await serve { server, client, _ in
            let error = await registryError { try await client.config(config, in: .test(server.host)) }
            #expect(
                error?.description == "error pulling image configuration: download failed after attempts=5: "
                    + "received unexpected HTTP status: 500 Internal Server Error")
        }
    }

    @Test func `tags come in pages, in the registry's order`() async throws {
        let server = try await FaultServer.start { request in
            switch request.target {
            case "/v2/a/b/tags/list":
                .json(200, #"{"tags":["z","a"]}"#, [("Link", "</v2/a/b/tags/list?last=a&n=2>; rel=\"next\"")])
            case "/v2/a/b/tags/list?last=a&n=2": .json(200, #"{"tags":["m"]}"#)
            default: ServerAnswer(404)
            }
        }
        let test = TestClient()
        #expect(try await test.client.tags(of: .test(server.host)) == ["z", "a", "m"])
        await test.client.shutdown()
        await server.stop()
    }

    @Test func `pages of tags that go on and on are cut off`() async throws {
        let tag = String(repeating: "a", count: 3 << 20)
        let server = try await FaultServer.start { request in
            let number = Int(request.target.split(separator: "=").last ?? "") ?? 0
            return .json(
                200, "{\"tags\":[\"\(tag)\"]}", [("Link", "</v2/a/b/tags/list?last=\(number + 1)>; rel=\"next\"")])
        }
        let test = TestClient()
        let error = await registryError { try await test.client.tags(of: .test(server.host)) }
        #expect(error?.kind == .protocolViolation("the list of tags is larger than 67108864 bytes"))
        #expect(server.requests.count < 30)
        await test.client.shutdown()
        await server.stop()
    }

    @Test(arguments: ["http://169.254.169.254/v2/a/b/tags/list", "/v2/a/b/tags/list", "http://127.0.0.1:1/x"])
    func `pages that lead away or in circles are refused`(link: String) async throws {
        let server = try await FaultServer.start { _ in
            .json(200, #"{"tags":["z"]}"#, [("Link", "<\(link)>; rel=\"next\"")])
        }
        let test = TestClient()
        let error = await registryError { try await test.client.tags(of: .test(server.host)) }
        if case .protocolViolation = error?.kind {} else { Issue.record("\(String(describing: error))") }
        await test.client.shutdown()
        await server.stop()
    }
}
