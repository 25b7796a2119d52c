// SPDX-License-Identifier: Apache-2.0

import OCI
import RegistryClient
import Synchronization
import TestSupport
import Testing

@testable import Engine

/// Large layers over several connections, from servers that serve parts as they should and from others.
struct PartedPullTests {
    private static let size = 1 << 20

    /// The n-th request for the layer, counted from 0, is answered by `change`.
    private func fault(
        _ fixture: PullFixture, at index: Int,
        _ change: @escaping @Sendable (ServerRequest, ServerAnswer) -> ServerAnswer
    ) {
        if index > 0 { fixture.registry.fault(at: fixture.blobPath, times: index) { _, answer in answer } }
        fixture.registry.fault(at: fixture.blobPath, change)
    }

    /// What the layer was asked for; requests without a range are left out.
    private static func bounds(_ fixture: PullFixture) -> [Range<Int>] {
        fixture.server.requests(to: fixture.blobPath).compactMap(\.range).map { range in
            range.first..<(range.last.map { $0 + 1 } ?? Int(fixture.layer.size))
        }
    }

    @Test func `each byte of a large layer is asked for once`() async throws {
        let fixture = try await PullFixture(size: Self.size)
        try await fixture.pull()
        #expect(try fixture.isIntact())
        let parts = Self.bounds(fixture).sorted { $0.lowerBound < $1.lowerBound }
        #expect(parts.count == fixture.ranges.count)
        #expect(fixture.ranges.first == "bytes=0-65535", "the proof comes before the rest")
        #expect(parts.first?.lowerBound == 0)
        #expect(parts.last?.upperBound == Int(fixture.layer.size))
        for (left, right) in zip(parts, parts.dropFirst()) { #expect(left.upperBound == right.lowerBound) }
    }

    @Test func `small layers, one connection and fast servers mean one stream`() async throws {
        let small = try await PullFixture(size: 100_000)
        try await small.pull()
        #expect(small.ranges == [""])
        let single = try await PullFixture(size: Self.size)
        try await single.pull { $0.parts.connections = 1 }
        #expect(single.ranges == [""])
        let fast = try await PullFixture(size: Self.size)
        try await fast.pull { $0.parts.sufficientRate = 0 }
        #expect(fast.ranges == ["bytes=0-65535", "bytes=65536-"])
        #expect(try fast.isIntact())
    }

    @Test func `a server that ignores ranges sends the layer in one answer`() async throws {
        let fixture = try await PullFixture(size: Self.size)
        fault(fixture, at: 0) { request, answer in
            guard case .bytes = answer.body else { return answer }
            return fixture.registry.answer(ServerRequest(request, without: "Range"))
        }
        try await fixture.pull()
        #expect(fixture.ranges == ["bytes=0-65535"])
        #expect(try fixture.isIntact())
    }

    @Test(arguments: [400, 416])
    func `a server that refuses ranges is asked without`(status: Int) async throws {
        let fixture = try await PullFixture(size: Self.size)
        fault(fixture, at: 0) { _, _ in ServerAnswer(status) }
        try await fixture.pull()
        #expect(fixture.ranges == ["bytes=0-65535", ""])
        #expect(try fixture.isIntact())
    }

    /// Each is an answer to the fifth request, when parts are known to work and several are under way.
    static let oddities: [@Sendable (FakeRegistry, ServerRequest, ServerAnswer) -> ServerAnswer] = [
        { registry, request, _ in registry.answer(ServerRequest(request, without: "Range")) },
        { _, _, answer in answer.replacing("Content-Range", "bytes 0-65535/1049600") },
        { _, _, answer in answer.replacing("Content-Range", "bytes 0-65535/9") },
        { _, _, answer in answer.replacing("Content-Range", nil) },
        { _, _, _ in ServerAnswer(416) },
        { _, _, _ in ServerAnswer(503) },
        { _, _, _ in .error(429, "TOOMANYREQUESTS", "too many connections") },
        { _, _, answer in answer.with(framing: .claimedLength(100)) },
    ]

    @Test(arguments: oddities.indices)
    func `after the first odd answer one stream goes on`(index: Int) async throws {
        let fixture = try await PullFixture(size: Self.size)
        let registry = fixture.registry
        fault(fixture, at: 5) { request, answer in Self.oddities[index](registry, request, answer) }
        try await fixture.pull()
        #expect(try fixture.isIntact())
        // A part that was asked for just before may reach the server after it.
        let asked = fixture.server.requests(to: fixture.blobPath).compactMap(\.range)
        #expect(asked.contains { $0.last == nil }, "\(fixture.ranges)")
    }

    @Test(arguments: [
        ServerAnswer.Ending.reset(after: 30_000), .close(after: 30_000), .stall(after: 30_000), .stall(after: 0),
    ])
    func `a connection that breaks is replaced where it broke`(ending: ServerAnswer.Ending) async throws {
        let fixture = try await PullFixture(size: Self.size)
        fault(fixture, at: 5) { _, answer in answer.with(ending: ending) }
        try await fixture.pull { $0.timeouts.idleRead = .seconds(2) }
        #expect(try fixture.isIntact())
        let parts = Self.bounds(fixture)
        #expect(parts.count == fixture.ranges.count)
        #expect(parts.allSatisfy { $0.count <= 65_536 }, "one stream would be a fallback: \(fixture.ranges)")
        let repeated = parts.reduce(0) { $0 + $1.count } - Int(fixture.layer.size)
        #expect((0...65_536).contains(repeated), "only the rest of one part is asked for again")
    }

    @Test func `a part that is short without saying so is filled`() async throws {
        let fixture = try await PullFixture(size: Self.size)
        fault(fixture, at: 5) { _, answer in
            answer.with(framing: .untilClose).with(ending: .close(after: 10_000))
        }
        try await fixture.pull()
        #expect(try fixture.isIntact())
    }

    @Test func `wrong bytes in one part cost the layer, and one stream brings it`() async throws {
        let fixture = try await PullFixture(size: Self.size)
        fault(fixture, at: 5) { _, answer in
            guard case .bytes(var bytes) = answer.body else { return answer }
            bytes[100] ^= 1
            return ServerAnswer(206, answer.headers, body: bytes)
        }
        try await fixture.pull()
        #expect(fixture.ranges.last == "")
        #expect(try fixture.isIntact())
    }

    @Test func `what parts have brought stays for the next attempt`() async throws {
        let fixture = try await PullFixture(size: Self.size)
        let requests = Atomic<Int>(0)
        fixture.registry.fault(at: fixture.blobPath, times: 1000) { _, answer in
            let number = requests.add(1, ordering: .relaxed).oldValue
            return (9..<30).contains(number) ? answer.with(ending: .close(after: 0)) : answer
        }
        await #expect(throws: EngineError.self) { try await fixture.pull { $0.maxDownloadAttempts = 1 } }
        let stored = try #require(fixture.store.progress(of: fixture.layer.digest))
        #expect(stored > 65_536)
        let before = fixture.ranges.count
        requests.store(1000, ordering: .relaxed)
        try await fixture.pull()
        #expect(try fixture.isIntact())
        let again = Self.bounds(fixture).dropFirst(before).reduce(0) { $0 + $1.count }
        #expect(again <= Int(fixture.layer.size) - 5 * 65_536, "\(fixture.ranges)")
    }
}

extension ServerRequest {
    fileprivate init(_ request: ServerRequest, without header: String) {
        self.init(
            method: request.method, target: request.target, headers: request.headers.filter { $0.name != header },
            body: request.body, hasClientCertificate: request.hasClientCertificate)
    }
}

extension ServerAnswer {
    fileprivate func replacing(_ name: String, _ value: String?) -> ServerAnswer {
        var answer = self
        answer.headers.removeAll { $0.name == name }
        if let value { answer.headers.append((name, value)) }
        return answer
    }
}
