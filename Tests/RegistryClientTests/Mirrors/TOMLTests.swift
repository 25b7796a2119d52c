// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import RegistryClient

struct TOMLTests {
    private func parse(_ text: String) throws -> TOMLTable {
        try TOMLParser.parse(Array(text.utf8))
    }

    @Test func `tables, arrays of tables and quoted keys`() throws {
        let table = try parse(
            """
            # a comment
            top = "x" # another
            [host."https://a.example:5000"]
              skip_verify = true
            [host."https://a.example:5000".header]
              x-one = ["1", '2']
            [[registry]]
            prefix = "a"
            [[registry.mirror]]
            location = "m1"
            [[registry.mirror]]
            location = "m2"
            [[registry]]
            prefix = "b"
            [[registry.mirror]]
            location = "m3"
            """)
        #expect(table["top"] == .string("x"))
        let host = try #require(table["host"]?.table?["https://a.example:5000"]?.table)
        #expect(host["skip_verify"] == .boolean(true))
        #expect(host["header"]?.table?["x-one"] == .array([.string("1"), .string("2")]))
        let registries = try #require(table["registry"]?.array).compactMap(\.table)
        #expect(registries.map { $0["prefix"]?.string } == ["a", "b"])
        #expect(registries.map { $0["mirror"]?.array?.count } == [2, 1])
    }

    @Test func `tables keep the order of the file`() throws {
        let table = try parse("[host.z]\n[host.a]\n[host.m]\n")
        #expect(table["host"]?.table?.members.map(\.name) == ["z", "a", "m"])
    }

    @Test(arguments: [
        (#"a = "\u00e9\t\"""#, "é\t\""), ("a = '\\n'", "\\n"), ("a = \"\"\"\none\ntwo\"\"\"", "one\ntwo"),
        ("a = '''\n''x'''", "''x"), ("a = \"\"\"x\\\n   y\"\"\"", "xy"), ("a = \"\"\"x\"\"\"\"\"", "x\"\""),
        ("a = \"x\"\r\n", "x"),
    ])
    func `strings of every kind`(text: String, expected: String) throws {
        #expect(try parse(text)["a"] == .string(expected))
    }

    @Test func `values within values`() throws {
        let table = try parse("a = [\n  1, # one\n  { b.c = true, d = [] },\n]\ne = -1_000\nf = 0x1F\n")
        #expect(
            table["a"]
                == .array([
                    .integer(1),
                    .table(try parse("b.c = true\nd = []")),
                ]))
        #expect(table["e"] == .integer(-1000))
        #expect(table["f"] == .integer(31))
    }

    @Test(arguments: [
        ("a = 1\na = 2", 2), ("[a]\n[a]", 2), ("a = 1\n[a.b]", 2), ("a", 1), ("a =", 1), ("a = \"x", 1),
        ("\n\n= 1", 3), ("a = 1 b = 2", 1), ("a = 1.5", 1), ("a = 2026-01-01", 1), ("a = \"\\q\"", 1), ("[a", 1),
        ("a = [1", 1), ("a = {b = 1,}", 1), ("a = 01", 1), ("a = tru", 1), ("a = \"\\ud800\"", 1),
        ("a = \"x\u{1}\"", 1),
    ])
    func `what it doesn't understand is an error with its line`(text: String, line: Int) {
        let error = #expect(throws: TOMLError.self) { try parse(text) }
        #expect(error?.line == line)
    }

    @Test func `nesting has an end`() {
        #expect(throws: TOMLError.self) { try parse("a = " + String(repeating: "[", count: 10_000)) }
    }

    @Test func `no text makes it crash`() {
        let seed = Array("[a.\"b\"]\nc = [\"\\u00e9\", {d = '''x''', e = 0x1f}] # z\n[[f]]\n".utf8)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<3000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                bytes[index] = UInt8.random(in: 0...127, using: &random)
            }
            _ = try? TOMLParser.parse(Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random))))
        }
        #expect(throws: Never.self) { try TOMLParser.parse(seed) }
    }
}
