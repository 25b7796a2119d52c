// SPDX-License-Identifier: Apache-2.0
import OCI
import Testing

struct JSONValueTests {
    private static func parse(_ text: String) throws -> JSONValue {
        try JSONValue(parsing: Array(text.utf8))
    }

    @Test func `members keep their order and their duplicates`() throws {
        guard case .object(let object) = try Self.parse(#" { "b" : 1 , "a" : [ null , true ] , "b" : -0.5e+3 } "#)
        else {
            Issue.record("no object")
            return
        }
        #expect(object.members.map(\.key) == ["b", "a", "b"])
        #expect(object["B"] == .number("-0.5e+3"))
        #expect(object["a"] == .array([.null, .bool(true)]))
        #expect(object["c"] == nil)
    }

    private static let strings: [(String, String)] = [
        (#""""#, ""),
        (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
        (#""\u00e9\ud83d\ude00""#, "é😀"),
        (#""\ud83d""#, "\u{FFFD}"),
        (#""\ud83d\u0041""#, "\u{FFFD}A"),
        (#""\ude00\ud83d\ude00""#, "\u{FFFD}😀"),
        (#""\ud83d\ud83d\ude00""#, "\u{FFFD}😀"),
    ]

    @Test(arguments: strings)
    func `strings are unescaped as in Go`(text: String, expected: String) throws {
        #expect(try Self.parse(text) == .string(expected))
    }

    @Test func `bytes that are no UTF-8 are replaced`() throws {
        #expect(try JSONValue(parsing: [0x22, 0xFF, 0x61, 0x22]) == .string("\u{FFFD}a"))
    }

    @Test(arguments: [
        "", " ", "{", "[", "[1", "[1,", "[1,]", "{,}", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "{1:2}", "nul", "tru", "01",
        "-",
        "1.", ".5", "1e", "1e+", "+1", "0x1", "NaN", "'a'", #"""#, #""\x""#, #""\u12""#, #""\u12g4""#, "\"\n\"", "1 2",
        "{}}",
        "\u{FEFF}{}",
    ])
    func `what is no JSON is refused`(text: String) {
        #expect(throws: JSONError.self) { try Self.parse(text) }
    }

    @Test func `nesting is bounded`() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        _ = try Self.parse(nested(128))
        #expect(throws: JSONError.tooDeep(offset: 128)) { try Self.parse(nested(129)) }
    }
}
