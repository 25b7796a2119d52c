// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Testing

struct NumberTests {
    @Test(arguments: [
        (999_600, 3, "1e+03kB"), (999_400, 3, "999kB"), (12_340_000, 3, "12.3MB"), (12_340_000, 4, "12.34MB"),
        (0, 3, "0B"),
        (5, 3, "5B"), (1_000_000_000_000, 3, "1TB"),
    ])
    func `sizes keep Go's significant digits`(size: Int64, digits: Int, expected: String) {
        #expect(HumanSize.decimal(size, digits: digits) == expected)
    }

    @Test func `binary sizes count in 1024`() {
        #expect(HumanSize.binary(1536) == "1.5KiB")
        #expect(HumanSize.binary(Int64(1) << 40) == "1TiB")
    }

    @Test func `a size may have a fraction, one space and a unit in any case`() throws {
        #expect(try HumanSize.parseDecimal("1.25 Kb") == 1250)
        #expect(try HumanSize.parseBinary("1.5gIB") == 1_610_612_736)
    }

    @Test func `a size that is none is refused with docker's words`() {
        #expect(throws: SizeError.invalidSize("-7k")) { try HumanSize.parseDecimal("-7k") }
        #expect(throws: SizeError.invalidSuffix("zb")) { try HumanSize.parseDecimal("7ZB") }
        #expect(throws: SizeError.self) { try HumanSize.parseBinary("99999999999p") }
        #expect(throws: SizeError.self) { try HumanSize.parseBinary("nan ") }
    }

    @Test(arguments: [
        (0.1, "0.1"), (100, "100"), (1e20, "100000000000000000000"), (1e21, "1e+21"), (1.5e-7, "1.5e-7"),
        (0.000001, "0.000001"), (-2.5, "-2.5"), (123456789.125, "123456789.125"), (.leastNonzeroMagnitude, "5e-324"),
        (1e22, "1e+22"),
    ])
    func `JSON numbers look like Go's`(value: Double, expected: String) {
        #expect(GoFloat.json(value) == expected)
    }

    @Test func `JSON has no number for infinity`() {
        #expect(GoFloat.json(.infinity) == nil)
        #expect(JSONValue.double(.nan) == .null)
    }

    @Test(arguments: ["0x1p4": 16, "1_0.5": 10.5, "+.5e1": 5, "5.": 5] as [String: Double])
    func `floats follow Go's literals`(text: String, expected: Double) throws {
        #expect(try GoFloat.parse(text) == expected)
    }

    @Test(arguments: ["", ".", "1e", "0x1", "1__0", "_1", "1_", "1 ", "e5", "--1", "0x"])
    func `what Go calls no float is refused`(text: String) {
        #expect(throws: NumberError(function: "ParseFloat", text: text, reason: .syntax)) { try GoFloat.parse(text) }
    }

    @Test(
        arguments: ["0x1f": 31, "017": 15, "0o17": 15, "0b101": 5, "-1_000": -1000, "0": 0, "+3": 3] as [String: Int64])
    func `integer literals know bases and underscores`(text: String, expected: Int64) throws {
        #expect(try GoInteger.parseLiteral(text) == expected)
    }

    @Test(arguments: ["", "-", "0x", "08", "1__0", "1_", "_1", "1.5", "0z", "ten"])
    func `what Go calls no integer is refused`(text: String) {
        #expect(throws: NumberError(function: "ParseInt", text: text, reason: .syntax)) {
            try GoInteger.parseLiteral(text)
        }
    }

    @Test func `integers end where 64 bits end`() throws {
        #expect(try GoInteger.parseLiteral("-9223372036854775808") == .min)
        #expect(throws: NumberError(function: "ParseInt", text: "9223372036854775808", reason: .range)) {
            try GoInteger.parseLiteral("9223372036854775808")
        }
        #expect(try GoInteger.parseUnsignedLiteral("18446744073709551615") == .max)
        #expect(throws: NumberError.self) { try GoInteger.parseUnsigned("-1") }
    }

    @Test func `quoting escapes what Go escapes`() {
        #expect(GoQuote.quoted("a\"b\\\n\u{1b}é\u{202e}\u{E0001}") == #""a\"b\\\n\x1bé\u202e\U000e0001""#)
    }
}
