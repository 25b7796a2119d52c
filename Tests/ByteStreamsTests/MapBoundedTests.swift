// SPDX-License-Identifier: Apache-2.0
import Synchronization
import Testing

@testable import ByteStreams

@Suite struct MapBoundedTests {
    @Test(arguments: [0, 1, 3, 100]) func `keeps the order and the bound`(limit: Int) async throws {
        let running = Atomic(0)
        let peak = Atomic(0)
        let squares = try await mapBounded(Array(0..<20), limit: limit) { item in
            let now = running.add(1, ordering: .relaxed).newValue
            peak.max(now, ordering: .relaxed)
            for _ in 0..<(20 - item) { await Task.yield() }
            running.subtract(1, ordering: .relaxed)
            return item * item
        }
        #expect(squares == (0..<20).map { $0 * $0 })
        #expect(peak.load(ordering: .relaxed) <= max(limit, 1))
    }

    @Test func `the first error stops the rest`() async {
        struct Failure: Error {}
        let started = Atomic(0)
        await #expect(throws: Failure.self) {
            _ = try await mapBounded(Array(0..<1000), limit: 2) { item in
                started.add(1, ordering: .relaxed)
                if item == 3 { throw Failure() }
                return item
            }
        }
        #expect(started.load(ordering: .relaxed) < 1000)
    }
}
