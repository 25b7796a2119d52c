// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RegistryClient

struct SingleFlightTests {
    private struct Failure: Error {}

    @Test func `a value is made once for all that ask meanwhile`() async throws {
        let flight = SingleFlight<String, Int>()
        let made = Box()
        let values = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await flight.value(for: "k") { _ in
                        true
                    } make: {
                        for _ in 0..<20 { await Task.yield() }
                        made.value += "x"
                        return made.value.count
                    }.value
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(values == Array(repeating: 1, count: 50))
    }

    @Test func `a failure isn't kept`() async throws {
        let flight = SingleFlight<String, Int>()
        await #expect(throws: Failure.self) {
            try await flight.value(for: "k") { _ in
                true
            } make: {
                throw Failure()
            }
        }
        #expect(
            try await flight.value(for: "k") { _ in
                true
            } make: {
                7
            }.value == 7)
    }

    @Test func `when the first is cancelled another takes over`() async throws {
        let flight = SingleFlight<String, Int>()
        let started = Box()
        let first = Task {
            try await flight.value(for: "k") { _ in
                true
            } make: {
                started.value = "yes"
                try await Task.sleep(for: .seconds(3600))
                return 1
            }.value
        }
        while started.value.isEmpty { await Task.yield() }
        let second = Task {
            try await flight.value(for: "k") { _ in
                true
            } make: {
                2
            }.value
        }
        for _ in 0..<100 { await Task.yield() }
        first.cancel()
        #expect(try await second.value == 2)
    }

    @Test func `a value that no longer serves is made anew`() async throws {
        let flight = SingleFlight<String, Int>()
        _ = try await flight.value(for: "k") { _ in
            true
        } make: {
            1
        }
        let kept = try await flight.value(for: "k") {
            $0 == 1
        } make: {
            2
        }
        #expect(kept.value == 1)
        #expect(!kept.isNew)
        let replaced = try await flight.value(for: "k") {
            $0 != 1
        } make: {
            2
        }
        #expect(replaced.value == 2)
        #expect(replaced.isNew)
    }
}
