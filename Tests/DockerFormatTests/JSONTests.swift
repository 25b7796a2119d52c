// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Testing

struct JSONTests {
    @Test func `strings are escaped as Go escapes them`() {
        let text = "<a href=\"x\">&\\\u{08}\u{0c}\n\r\t\u{1}\u{7f}\u{2028}é🐳"
        #expect(
            JSONWriter.text(.string(text))
                == #""\u003ca href=\"x\"\u003e\u0026\\\b\f\n\r\t\u0001"# + "\u{7f}" + #"\u2028é🐳""#)
        #expect(JSONWriter.text("<&>\u{2029}", escapesHTML: false) == #""<&>\u2029""#)
    }

    @Test func `members keep their order and empty things stay on one line`() {
        let value: JSONValue = ["b": [1, true, nil], "a": [:], "c": [], "d": ["x": "<"]]
        #expect(JSONWriter.text(value) == #"{"b":[1,true,null],"a":{},"c":[],"d":{"x":"\u003c"}}"#)
        #expect(
            JSONWriter.text(value, indent: "    ") == """
                {
                    "b": [
                        1,
                        true,
                        null
                    ],
                    "a": {},
                    "c": [],
                    "d": {
                        "x": "\\u003c"
                    }
                }
                """)
    }

    @Test func `a Go map has its keys sorted by bytes`() {
        #expect(JSONWriter.text(.map(["b": "1", "a": "2", "Z": "3"])) == #"{"Z":"3","a":"2","b":"1"}"#)
        let value: JSONValue = ["b": ["d": 1, "c": 2], "a": [["y": 1, "x": 2]]]
        #expect(JSONWriter.text(value.sortingNames()) == #"{"a":[{"x":2,"y":1}],"b":{"c":2,"d":1}}"#)
    }

    @Test(arguments: [
        #"{"b":1,"a":{"b":[]},"b":1.50e+10}"#, "[]", "-0.0", "12345678901234567890123", #""""#, "null",
        "[true,false,{}]",
    ])
    func `order, repeated names and number literals survive`(text: String) throws {
        #expect(JSONWriter.text(try JSONParser.parse(text)) == text)
    }

    @Test func `the last of a repeated name counts`() throws {
        #expect(try JSONParser.parse(#"{"a":1,"a":2}"#)["a"] == 2)
        #expect(try JSONParser.parse("[1]")["a"] == nil)
    }

    @Test func `escapes and broken UTF-8 are read as in Go`() throws {
        #expect(try JSONParser.parse(#""\u00e9\ud83d\udc33\/\n""#) == "é🐳/\n")
        #expect(try JSONParser.parse(#""\ud83d!\udc33\ud83d\u0041""#) == "\u{FFFD}!\u{FFFD}\u{FFFD}A")
        let broken: [UInt8] = [0x22, 0xE2, 0x82, 0x41, 0xFF, 0xC3, 0xA9, 0x22]
        #expect(try JSONParser.parse(broken) == "\u{FFFD}\u{FFFD}A\u{FFFD}é")
    }

    @Test(arguments: [
        "": "unexpected end of JSON input", "{": "unexpected end of JSON input",
        #"{"a":1"#: "unexpected end of JSON input",
        "x": "invalid character 'x' looking for beginning of value",
        "[1,]": "invalid character ']' looking for beginning of value",
        #"{"a":1,}"#: "invalid character '}' looking for beginning of object key string",
        #"{"a" 1}"#: "invalid character '1' after object key",
        #"{"a":1 "b"}"#: #"invalid character '"' after object key:value pair"#,
        "[1 2]": "invalid character '2' after array element", "1 2": "invalid character '2' after top-level value",
        "trux": "invalid character 'x' in literal true (expecting 'e')",
        "01": "invalid character '1' after top-level value",
        "-x": "invalid character 'x' in numeric literal",
        "1.x": "invalid character 'x' after decimal point in numeric literal",
        "1ex": "invalid character 'x' in exponent of numeric literal",
        "\"\n\"": #"invalid character '\n' in string literal"#,
        #""\x""#: "invalid character 'x' in string escape code",
        #""\u00g0""#: "invalid character 'g' in \\u hexadecimal character escape",
        "'a'": #"invalid character '\'' looking for beginning of value"#,
    ])
    func `what is not JSON is refused with Go's words`(text: String, message: String) {
        let error = #expect(throws: JSONError.self) { try JSONParser.parse(text) }
        #expect(error?.description == message)
    }

    @Test func `depth and size have limits`() throws {
        let deep = Array((String(repeating: "[", count: 4) + String(repeating: "]", count: 4)).utf8)
        #expect(throws: Never.self) { try JSONParser.parse(deep, maximumDepth: 4) }
        #expect(throws: JSONError.tooDeep(limit: 3)) { try JSONParser.parse(deep, maximumDepth: 3) }
        #expect(throws: JSONError.tooLarge(limit: 7)) { try JSONParser.parse(deep, maximumSize: 7) }
        #expect(throws: JSONError.tooDeep(limit: JSONParser.defaultDepth)) {
            try JSONParser.parse(String(repeating: "[", count: 1_000_000))
        }
    }

    @Test func `indenting changes white space only`() throws {
        let source = Array(#" {"a\"\\":[1.0, {}, [ ],"\u003c<"] ,"b":{"c":null}} "#.utf8)
        let indented = String(decoding: try JSONText.indented(source, by: "\t"), as: UTF8.self)
        #expect(
            indented
                == "{\n\t\"a\\\"\\\\\": [\n\t\t1.0,\n\t\t{},\n\t\t[],\n\t\t\"\\u003c<\"\n\t],\n\t\"b\": {\n\t\t\"c\": null\n\t}\n} "
        )
        let compact = String(decoding: try JSONText.compact(source), as: UTF8.self)
        #expect(compact == #"{"a\"\\":[1.0,{},[],"\u003c<"],"b":{"c":null}}"#)
        #expect(throws: JSONError.unexpectedEnd) { try JSONText.compact(Array("{".utf8)) }
    }
}
