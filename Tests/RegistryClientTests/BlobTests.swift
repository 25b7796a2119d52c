// SPDX-License-Identifier: Apache-2.0

import NIOCore
import OCI
import TestSupport
import Testing

@testable import RegistryClient

/// Downloads of blobs from a server that misbehaves as told.
struct BlobTests {
    private let registry = FakeRegistry()
    private let content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }

    private func serve(
        idleRead: Duration = .seconds(60),
        _ body: (FaultServer, RegistryClient, Repository, Descriptor) async throws -> Void
    ) async throws {
        let blob = registry.add(blob: content)
        let registry = registry
        let server = try await FaultServer.start { registry.answer($0) }
        let test = TestClient { $0.timeouts.idleRead = idleRead }
        do {
            try await body(server, test.client, .test(server.host), blob)
        } catch {
            Issue.record(error)
        }
        await test.client.shutdown()
        await server.stop()
    }

    private func fault(_ change: @escaping @Sendable (ServerRequest, ServerAnswer) -> ServerAnswer) {
        let blob = registry.add(blob: content)
        registry.fault(at: "/v2/a/b/blobs/\(blob.digest)", change)
    }

    @Test func `a blob arrives whole`() async throws {
        try await serve { server, client, repository, blob in
            let stream = try await client.blob(blob, in: repository)
            #expect(stream.start == 0)
            #expect(stream.total == 300_000)
            #expect(try await stream.collect() == content)
            #expect(server.requests.first?.header("Range") == nil)
        }
    }

    @Test(arguments: [ServerAnswer.Framing.chunked, .untilClose])
    func `a blob without a length arrives whole`(framing: ServerAnswer.Framing) async throws {
        fault { _, answer in answer.with(framing: framing) }
        try await serve { _, client, repository, blob in
            let bytes = try await client.blob(blob, in: repository).collect()
            #expect(bytes == content)
        }
    }

    @Test func `a download goes on from its offset`() async throws {
        try await serve { server, client, repository, blob in
            let stream = try await client.blob(blob, in: repository, offset: 123_456)
            #expect(stream.start == 123_456)
            #expect(try await stream.collect() == Array(content[123_456...]))
            #expect(server.requests.first?.header("Range") == "bytes=123456-")
        }
    }

    @Test func `nothing is asked for when nothing is missing`() async throws {
        try await serve { server, client, repository, blob in
            let rest = try await client.blob(blob, in: repository, offset: 300_000).collect()
            #expect(rest.isEmpty)
            #expect(server.requests.isEmpty)
        }
    }

    @Test func `a server that ignores the range starts over`() async throws {
        fault { _, _ in ServerAnswer(200, body: (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }) }
        try await serve { _, client, repository, blob in
            let stream = try await client.blob(blob, in: repository, offset: 1000)
            #expect(stream.start == 0)
            #expect(try await stream.collect() == content)
        }
    }

    @Test func `an unsatisfiable range starts over`() async throws {
        fault { _, _ in ServerAnswer(416) }
        try await serve { server, client, repository, blob in
            let stream = try await client.blob(blob, in: repository, offset: 1000)
            #expect(stream.start == 0)
            #expect(server.requests.map { $0.header("Range") } == ["bytes=1000-", nil])
        }
    }

    @Test(arguments: [
        "bytes 999-299999/300000", "bytes 1000-299998/300000", "bytes 0-299999/300000", "bytes 1000-299999", "", "x",
    ])
    func `a wrong range is no data: the whole is asked for`(range: String) async throws {
        fault { request, answer in
            var answer = answer
            answer.headers.removeAll { $0.name == "Content-Range" }
            return answer.with("Content-Range", range)
        }
        try await serve { server, client, repository, blob in
            let stream = try await client.blob(blob, in: repository, offset: 1000)
            #expect(stream.start == 0)
            #expect(try await stream.collect() == content)
            #expect(server.requests.map { $0.header("Range") } == ["bytes=1000-", nil])
        }
    }

    @Test func `a size that changed is an error`() async throws {
        fault { _, answer in
            var answer = answer
            answer.headers.removeAll { $0.name == "Content-Range" }
            return answer.with("Content-Range", "bytes 1000-299999/300001")
        }
        fault { _, _ in ServerAnswer(200, body: [1, 2, 3]) }
        try await serve { server, client, repository, blob in
            let error = await registryError { try await client.blob(blob, in: repository, offset: 1000) }
            #expect(error?.kind == .sizeMismatch(expected: 300_000, actual: 3))
            #expect(error?.disposition == .retry)
            #expect(server.requests.map { $0.header("Range") } == ["bytes=1000-", nil])
        }
    }

    @Test(arguments: [
        ServerAnswer.Ending.close(after: 100_000), .reset(after: 100_000), .stall(after: 100_000),
    ])
    func `a body that breaks off is an error after what came`(ending: ServerAnswer.Ending) async throws {
        fault { _, answer in answer.with(ending: ending) }
        let stalls = if case .stall = ending { true } else { false }
        try await serve(idleRead: stalls ? .milliseconds(500) : .seconds(60)) { _, client, repository, blob in
            var received = 0
            let error = await registryError {
                for try await chunk in try await client.blob(blob, in: repository) { received += chunk.readableBytes }
            }
            #expect(received <= 100_000)
            #expect(error?.disposition == .retry)
            switch ending {
            case .close: #expect(error?.kind == .shortBody(expected: 300_000, actual: 100_000))
            case .reset:
                #expect(
                    [.transport(.reset), .shortBody(expected: 300_000, actual: Int64(received))].contains(error?.kind))
            case .stall: #expect(error?.kind == .transport(.idleTimeout))
            case .complete: break
            }
        }
    }

    @Test func `a body that is short without saying so is an error`() async throws {
        fault { _, answer in answer.with(framing: .untilClose).with(ending: .close(after: 10)) }
        try await serve { _, client, repository, blob in
            let error = await registryError { try await client.blob(blob, in: repository).collect() }
            #expect(error?.kind == .shortBody(expected: 300_000, actual: 10))
        }
    }

    @Test func `an endless body stops at the size`() async throws {
        fault { _, _ in
            var answer = ServerAnswer(200).with(framing: .chunked)
            answer.body = .endless
            return answer
        }
        try await serve { _, client, repository, blob in
            var received = 0
            let error = await registryError {
                for try await chunk in try await client.blob(blob, in: repository) { received += chunk.readableBytes }
            }
            #expect(error?.kind == .longBody(expected: 300_000))
            #expect(received <= 300_000)
        }
    }

    @Test func `a missing blob is docker's error`() async throws {
        try await serve { _, client, repository, _ in
            let missing = try Descriptor.test("missing")
            let error = await registryError { try await client.blob(missing, in: repository) }
            #expect(error?.description == "unknown blob")
            #expect(error?.disposition == .final)
            #expect(try await !client.blobExists(missing, in: repository))
        }
    }

    @Test func `a broken download is finished by the retry loop`() async throws {
        fault { _, answer in answer.with(ending: .close(after: 100_000)) }
        fault { _, answer in answer.with(ending: .close(after: 50_000)) }
        try await serve { server, client, repository, blob in
            var bytes: [UInt8] = []
            try await retrying(.layer(maxAttempts: 5), clock: client.clock, frontier: { Int64(bytes.count) }) {
                let stream = try await client.blob(blob, in: repository, offset: Int64(bytes.count))
                bytes.removeLast(bytes.count - Int(stream.start))
                for try await chunk in stream { bytes.append(contentsOf: chunk.readableBytesView) }
            }
            #expect(bytes == content)
            #expect(
                server.requests.map { $0.header("Range") } == [nil, "bytes=100000-", "bytes=150000-"])
        }
    }

    @Test func `cancelling ends a download that stalls`() async throws {
        fault { _, answer in answer.with(ending: .stall(after: 10)) }
        let blob = registry.add(blob: content)
        let registry = registry
        let server = try await FaultServer.start { registry.answer($0) }
        let test = TestClient { $0.timeouts.idleRead = .seconds(3600) }
        let repository = try Repository.test(server.host)
        let task = Task { try await test.client.blob(blob, in: repository).collect() }
        while server.requests.isEmpty { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await test.client.shutdown()
        await server.stop()
    }
}
