// SPDX-License-Identifier: Apache-2.0

import Synchronization
import TestSupport
import Testing

@testable import RegistryClient

/// One memory and a client for each command: a mirror that can't be reached, then one that is back.
struct MirrorMemoryTests {
    private final class Memory: MirrorMemory {
        let mirrors = Mutex<Set<String>>([])

        func unreachableMirrors() -> Set<String> { mirrors.withLock { $0 } }

        func note(unreachableMirrors: [String]) { mirrors.withLock { $0.formUnion(unreachableMirrors) } }
    }

    private struct Source: EndpointSource {
        let all: [Endpoint]

        func endpoints(for domain: String) async -> [Endpoint]? { all }
    }

    private let memory = Memory()
    private let source: Source
    private let mirror = "http://mirror.test/"
    private let unreachable = RegistryError(.transport(.connectTimeout(address: "mirror.test:80")))
    private let missing = RegistryError(.api(status: 404, errors: []))

    init() throws {
        source = Source(all: [
            Endpoint(base: try #require(HTTPURL(parsing: mirror)), domain: "r.test", isMirror: true),
            Endpoint(base: try #require(HTTPURL(parsing: "http://r.test/")), domain: "r.test"),
        ])
    }

    /// Asks with a client of its own, in which the mirror and the registry fail so.
    /// - Returns: who was asked, `m` and `r`, in order.
    private func ask(mirror: RegistryError?, registry: RegistryError?) async -> (asked: String, error: RegistryError?) {
        let source = source
        let test = TestClient {
            $0.endpointSources = [source]
            $0.mirrorMemory = memory
        }
        var asked = ""
        var failure: RegistryError?
        do {
            try await test.client.atEndpoint(ofDomain: "r.test", for: .resolve) { endpoint in
                asked += endpoint.isMirror ? "m" : "r"
                if let error = endpoint.isMirror ? mirror : registry { throw error }
            }
        } catch { failure = error as? RegistryError }
        await test.client.shutdown()
        return (asked, failure)
    }

    @Test func `a mirror that can't be reached is not asked by the next command`() async {
        #expect(await ask(mirror: unreachable, registry: nil).asked == "mr")
        #expect(memory.unreachableMirrors() == [mirror])
        #expect(await ask(mirror: unreachable, registry: nil).asked == "r")
    }

    @Test func `a mirror that answers badly is not remembered`() async {
        #expect(await ask(mirror: missing, registry: nil).asked == "mr")
        #expect(memory.unreachableMirrors() == [])
    }

    @Test func `where nothing can be reached nothing is remembered`() async {
        let result = await ask(mirror: unreachable, registry: unreachable)
        #expect(result.asked == "mr")
        #expect(result.error != nil)
        #expect(memory.unreachableMirrors() == [])
    }

    @Test func `a remembered mirror serves what the registry can't`() async {
        memory.note(unreachableMirrors: [mirror])
        for failure in [unreachable, missing] {
            let result = await ask(mirror: nil, registry: failure)
            #expect(result.asked == "rm")
            #expect(result.error == nil)
        }
    }

    @Test func `what the registry says counts, not what a mirror says after it`() async throws {
        memory.note(unreachableMirrors: [mirror])
        let result = await ask(mirror: unreachable, registry: missing)
        #expect(result.asked == "rm")
        let error = try #require(result.error)
        guard case .api(404, _) = error.kind else { return #expect(Bool(false), "\(error)") }
        #expect(memory.unreachableMirrors() == [mirror])
    }
}
