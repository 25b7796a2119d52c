// SPDX-License-Identifier: Apache-2.0

import TestSupport
import Testing

@testable import RegistryClient

struct SearchTests {
    @Test func `a search of a registry gives its results`() async throws {
        let server = try await FaultServer.start { _ in
            .json(
                200,
                #"{"num_results":1,"results":[{"name":"a/b","description":"x","star_count":3,"is_official":true}]}"#)
        }
        let test = TestClient()
        let found = try await test.client.search("\(server.host)/two words", limit: 7)
        #expect(
            found == [SearchResult(name: "a/b", description: "x", stars: 3, isOfficial: true, isAutomated: false)])
        #expect(server.requests.last?.target == "/v1/search?q=two%20words&n=7")
        await test.client.shutdown()
        await server.stop()
    }

    @Test func `a registry without search is docker's error`() async throws {
        let server = try await FaultServer.start { _ in ServerAnswer(404) }
        let test = TestClient()
        let error = await registryError { try await test.client.search("\(server.host)/x") }
        #expect(error?.description == "Unexpected status code 404")
        await test.client.shutdown()
        await server.stop()
    }
}
