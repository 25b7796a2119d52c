// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing

@testable import RegistryClient

/// Mutated challenges and TOML: nothing may trap, and what is read is bounded.
struct ParserFuzzTests {
    private static let challenges = [
        #"Bearer realm="https://auth.example.com/token",service="registry.example.com",scope="repository:a/b:pull""#,
        #"Basic realm="x", Bearer realm="y",error="invalid_token",scope="a:b:c d:e:f""#, "Negotiate dG9rZW4=",
    ]
    private static let tables = [
        """
        server = "https://a"
        [host."https://mirror:5000"]
          capabilities = ["pull", "resolve"]
          ca = ['a.crt', "b\\u00e9.crt"]
          skip_verify = true
          [host."https://mirror:5000".header]
            x-key = ["v"]
        """,
        "unqualified-search-registries = [\n 'a', # c\n]\n[[registry]]\nlocation='x'\n[[registry.mirror]]\nlocation=\"y\"\n"
            + "n = 0x_1f\nf = -1e5\nd = 1979-05-27T07:32:00Z\nt = {a.b = 1, c = [[1],[2]]}\ns = \"\"\"x\\\n y\"\"\"\n",
    ]

    @Test func `no challenge makes the parser trap`() {
        var fuzz = ByteMutator(tokens: ["\"", "\\", ",", "=", " ", "Bearer", "realm=", "\0", "\r\n", "é"])
        for _ in 0..<ByteMutator.iterations {
            let text = String(decoding: fuzz.mutate(Self.challenges), as: UTF8.self)
            for challenge in AuthChallenge.parse([text]) { #expect(challenge.scheme.utf8.count <= text.utf8.count) }
        }
    }

    @Test func `no TOML makes the parser trap`() {
        var fuzz = ByteMutator(tokens: [
            "\"", "'''", "[", "[[", "]", "=", "\n", "\\u", "{", "}", "#", ".", "0x", "é", "\0",
        ])
        var read = 0
        for _ in 0..<ByteMutator.iterations {
            if (try? TOMLParser.parse(fuzz.mutate(Self.tables))) != nil { read += 1 }
        }
        #expect(read > 0)
    }
}
