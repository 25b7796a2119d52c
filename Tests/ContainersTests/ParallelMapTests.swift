// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Containers

struct ParallelMapTests {
    private struct Odd: Error, Equatable {}

    @Test(arguments: [1, 2, 8]) func `results keep their order`(limit: Int) throws {
        let doubled = try ParallelMap.map(Array(0..<100), limit: limit) { $0 * 2 }
        #expect(doubled == (0..<100).map { $0 * 2 })
        let none = try ParallelMap.map([Int](), limit: limit) { $0 }
        #expect(none.isEmpty)
    }

    @Test func `an error ends it`() {
        #expect(throws: Odd.self) {
            try ParallelMap.map(Array(0..<50), limit: 4) { if $0 == 7 { throw Odd() } }
        }
    }
}
