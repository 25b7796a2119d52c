// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Containers

@Suite struct ContainerNameTests {
    @Test(arguments: ["ab", "web-1", "a.b_c", "0x"])
    func `takes docker's names`(name: String) throws {
        try ContainerName.check(name)
    }

    @Test(arguments: ["", "a", "-ab", "a b", "a/b", ".ab", "é1"])
    func `refuses others with docker's text`(name: String) {
        #expect(
            throws: ContainerError.invalid(
                "Invalid container name (\(name)), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed")
        ) { try ContainerName.check(name) }
    }

    @Test func `random names are valid names`() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 { try ContainerName.check(ContainerName.random(using: &generator)) }
    }
}
