// SPDX-License-Identifier: Apache-2.0

import ByteStreams
import OCI
import Synchronization
import TestSupport
import Testing

@testable import RegistryClient

/// Uploads to a scripted registry; those to a real one are in `RealRegistryTests`.
struct UploadTests {
    private static let content = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 13) }
    private let blob = Descriptor(
        mediaType: .ociLayer, digest: SHA256Hasher.digest(of: content), size: Int64(content.count))

    private func run(
        _ handler: @escaping FaultServer.Handler,
        _ body: (FaultServer, TestClient, Repository) async throws -> Void
    ) async throws {
        let server = try await FaultServer.start { request in
            request.method == "HEAD" ? ServerAnswer(404) : handler(request)
        }
        let test = TestClient()
        do {
            try await body(server, test, .test(server.host))
        } catch {
            Issue.record(error)
        }
        await test.client.shutdown()
        await server.stop()
    }

    private func upload(_ test: TestClient, _ repository: Repository, from: [Repository] = []) async throws
        -> UploadOutcome
    {
        try await test.client.upload(
            blob, to: repository, mountFrom: from, source: MemoryBlob(bytes: Self.content))
    }

    @Test func `the state in a location is given back, the digest joins it`() async throws {
        try await run { request in
            switch request.method {
            case "POST": ServerAnswer(202, [("Location", "/up/1?state=a%2Fb")])
            case "PATCH": ServerAnswer(202, [("Location", "/up/1?state=c"), ("Range", "0-99999")])
            default: ServerAnswer(201)
            }
        } _: { server, test, repository in
            let outcome = try await upload(test, repository)
            #expect(outcome == .uploaded)
            let digest = blob.digest.description.replacing(":", with: "%3A")
            #expect(
                server.requests.map { "\($0.method) \($0.target)" }.suffix(3) == [
                    "POST /v2/a/b/blobs/uploads/", "PATCH /up/1?state=a%2Fb", "PUT /up/1?state=c&digest=\(digest)",
                ])
            #expect(server.requests.first { $0.method == "PATCH" }?.body == Self.content)
        }
    }

    @Test func `a broken upload goes on where the registry says`() async throws {
        let failures = Box("0")
        try await run { request in
            switch request.method {
            case "POST": return ServerAnswer(202, [("Location", "/up/1")])
            case "PATCH":
                guard failures.value == "1" else {
                    failures.value = "1"
                    return ServerAnswer(503)
                }
                return ServerAnswer(202, [("Location", "/up/1")])
            case "GET": return ServerAnswer(204, [("Range", "0-39999"), ("Location", "/up/2")])
            default: return ServerAnswer(201)
            }
        } _: { server, test, repository in
            #expect(try await upload(test, repository) == .uploaded)
            let second = try #require(server.requests.last { $0.method == "PATCH" })
            #expect(second.target == "/up/2")
            #expect(second.header("Content-Range") == "40000-99999")
            #expect(second.body == Array(Self.content[40_000...]))
        }
    }

    @Test func `a part that the registry can't place is sent from where it is`() async throws {
        try await run { request in
            switch request.method {
            case "POST": ServerAnswer(202, [("Location", "/up/1")])
            case "PATCH":
                request.header("Content-Range") == "10-99999"
                    ? ServerAnswer(202, [("Location", "/up/1")]) : ServerAnswer(416)
            case "GET": ServerAnswer(204, [("Range", "0-9"), ("Location", "/up/1")])
            default: ServerAnswer(201)
            }
        } _: { server, test, repository in
            let outcome = try await upload(test, repository)
            #expect(outcome == .uploaded)
            #expect(server.requests.last { $0.method == "PATCH" }?.body == Array(Self.content[10...]))
        }
    }

    @Test func `an upload that the registry forgot starts anew`() async throws {
        let posts = Box("")
        try await run { request in
            switch request.method {
            case "POST":
                posts.value += "x"
                return ServerAnswer(202, [("Location", "/up/\(posts.value)")])
            case "PATCH":
                return request.target == "/up/x" ? ServerAnswer(503) : ServerAnswer(202, [("Location", "/up/xx")])
            case "GET": return ServerAnswer(404)
            default: return ServerAnswer(201)
            }
        } _: { server, test, repository in
            let outcome = try await upload(test, repository)
            #expect(outcome == .uploaded)
            #expect(server.requests.last { $0.method == "PATCH" }?.body == Self.content)
        }
    }

    @Test func `a registry that takes no large bodies gets parts`() async throws {
        try await run { request in
            switch request.method {
            case "POST": ServerAnswer(202, [("Location", "/up/1"), ("OCI-Chunk-Min-Length", "20000")])
            case "PATCH":
                request.header("Content-Range") == nil ? ServerAnswer(413) : ServerAnswer(202, [("Location", "/up/1")])
            default: ServerAnswer(201)
            }
        } _: { server, test, repository in
            let content = [UInt8](repeating: 7, count: 20 << 20)
            let large = Descriptor(
                mediaType: .ociLayer, digest: SHA256Hasher.digest(of: content), size: Int64(content.count))
            let outcome = try await test.client.upload(
                large, to: repository, source: MemoryBlob(bytes: content))
            #expect(outcome == .uploaded)
            let ranges = server.requests.filter { $0.method == "PATCH" }.map { $0.header("Content-Range") }
            #expect(ranges == [nil, "0-16777215", "16777216-20971519"])
        }
    }

    @Test func `a mount is tried first, and what it opens instead is used`() async throws {
        try await run { request in
            switch request.method {
            case "POST": ServerAnswer(202, [("Location", "/up/1")])
            case "PATCH": ServerAnswer(202, [("Location", "/up/1")])
            default: ServerAnswer(201)
            }
        } _: { server, test, repository in
            let outcome = try await upload(test, repository, from: [.test(server.host, "base/image")])
            #expect(outcome == .uploaded)
            let posts = server.requests.filter { $0.method == "POST" }
            #expect(posts.count == 1)
            #expect(posts.first?.query("from") == ["base%2Fimage"])
            #expect(posts.first?.query("mount") == [blob.digest.description.replacing(":", with: "%3A")])
        }
    }

    @Test func `a mount that works sends nothing`() async throws {
        try await run { _ in
            ServerAnswer(201)
        } _: { server, test, repository in
            let other = try Repository.test(server.host, "base/image")
            #expect(try await upload(test, repository, from: [other]) == .mounted(from: other))
            #expect(server.requests.map(\.method).suffix(1) == ["POST"])
        }
    }

    @Test(arguments: ["http://169.254.169.254/up", "ftp://x/", ""])
    func `an upload is not sent just anywhere`(location: String) async throws {
        try await run { _ in
            ServerAnswer(202, [("Location", location)])
        } _: { server, test, repository in
            _ = await registryError { try await upload(test, repository) }
            #expect(!server.requests.contains { $0.method == "PATCH" })
        }
    }

    @Test func `another host gets the upload without credentials`() async throws {
        let storage = try await FaultServer.start { _ in ServerAnswer(202, [("Location", "/done")]) }
        let target = storage.url
        let registry = try await FaultServer.start { request in
            guard request.header("Authorization") != nil else {
                return ServerAnswer(401, [("WWW-Authenticate", "Basic realm=x")])
            }
            return request.method == "HEAD" ? ServerAnswer(404) : ServerAnswer(202, [("Location", target + "/up")])
        }
        let host = registry.host
        let test = TestClient { $0.credentials = FixedCredentials(host, user: "u", password: "p") }
        _ = try await upload(test, .test(host))
        #expect(storage.requests.map(\.method) == ["PATCH", "PUT"])
        #expect(storage.requests.allSatisfy { $0.header("Authorization") == nil })
        await test.client.shutdown()
        await registry.stop()
        await storage.stop()
    }

    @Test func `a manifest stored under another digest is an error`() async throws {
        let lie = try Digest(hex: String(repeating: "1", count: 64))
        try await run { _ in
            ServerAnswer(201, [("Docker-Content-Digest", lie.description)])
        } _: { server, test, repository in
            let bytes = Array("{}".utf8)
            let document = RawDocument(bytes: bytes, mediaType: .ociManifest, digest: SHA256Hasher.digest(of: bytes))
            let error = await registryError { try await test.client.putManifest(document, to: repository, tag: "1") }
            if case .uploadRefused = error?.kind {} else { Issue.record("\(String(describing: error))") }
            #expect(server.requests.last?.header("Content-Type") == MediaType.ociManifest.rawValue)
        }
    }

    @Test func `a refused push is docker's text`() async throws {
        try await run { _ in
            .error(403, "DENIED", "requested access to the resource is denied", detail: "[]")
        } _: { _, test, repository in
            let error = await registryError { try await upload(test, repository) }
            #expect(error?.description == "denied: requested access to the resource is denied")
        }
    }
}
