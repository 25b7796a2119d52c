// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RegistryClient

struct SpareConnectionsTests {
    private struct Failure: Error {}

    @Test func `all users together get no more than there are`() async throws {
        let spare = SpareConnections(3)
        await spare.using(upTo: 2) { first in
            #expect(first == 2)
            await spare.using(upTo: 2) { second in
                #expect(second == 1)
                await spare.using(upTo: 2) { #expect($0 == 0) }
            }
        }
        await spare.using(upTo: 9) { #expect($0 == 3) }
    }

    @Test func `a user that fails gives back what it had`() async throws {
        let spare = SpareConnections(1)
        await #expect(throws: Failure.self) { try await spare.using(upTo: 1) { _ in throw Failure() } }
        await spare.using(upTo: 1) { #expect($0 == 1) }
        await SpareConnections(-1).using(upTo: 1) { #expect($0 == 0) }
    }
}
