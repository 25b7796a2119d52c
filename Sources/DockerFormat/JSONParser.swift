// SPDX-License-Identifier: Apache-2.0

/// A strict RFC 8259 reader: no comments, no trailing commas, nothing after the value but white space. Depth and size
/// are bounded because the input comes from registries and archives.
public struct JSONParser {
    /// Levels of nesting taken by default: far beyond any manifest or config, small enough for any thread's stack.
    public static let defaultDepth = 512
    /// Bytes taken by default.
    public static let defaultSize = 32 << 20

    let bytes: [UInt8]
    var position = 0
    private let maximumDepth: Int
    private var depth = 0

    private init(bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    /// Reads one value. Invalid UTF-8 and lone surrogates in strings become U+FFFD, as in Go.
    public static func parse(
        _ bytes: [UInt8], maximumDepth: Int = defaultDepth, maximumSize: Int = defaultSize
    ) throws(JSONError) -> JSONValue {
        guard bytes.count <= maximumSize else { throw .tooLarge(limit: maximumSize) }
        var parser = JSONParser(bytes: bytes, maximumDepth: maximumDepth)
        parser.skipSpace()
        let value = try parser.value()
        parser.skipSpace()
        if parser.position < bytes.count { throw parser.invalid("after top-level value") }
        return value
    }

    public static func parse(_ text: String) throws(JSONError) -> JSONValue {
        try parse(Array(text.utf8))
    }

    private mutating func value() throws(JSONError) -> JSONValue {
        guard let byte = peek() else { throw .unexpectedEnd }
        switch byte {
        case UInt8(ascii: "{"): return try nested { parser throws(JSONError) in try parser.object() }
        case UInt8(ascii: "["): return try nested { parser throws(JSONError) in try parser.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
        case UInt8(ascii: "t"): return try literal("true", .bool(true))
        case UInt8(ascii: "f"): return try literal("false", .bool(false))
        case UInt8(ascii: "n"): return try literal("null", .null)
        default: throw invalid("looking for beginning of value")
        }
    }

    private mutating func nested(
        _ body: (inout JSONParser) throws(JSONError) -> JSONValue
    ) throws(JSONError) -> JSONValue {
        guard depth < maximumDepth else { throw .tooDeep(limit: maximumDepth) }
        depth += 1
        position += 1
        skipSpace()
        let value = try body(&self)
        depth -= 1
        return value
    }

    private mutating func array() throws(JSONError) -> JSONValue {
        var elements: [JSONValue] = []
        if take("]") { return .array([]) }
        while true {
            elements.append(try value())
            skipSpace()
            if take("]") { return .array(elements) }
            guard take(",") else { throw invalid("after array element") }
            skipSpace()
        }
    }

    private mutating func object() throws(JSONError) -> JSONValue {
        var members: [JSONValue.Member] = []
        if take("}") { return .object([]) }
        while true {
            guard peek() == UInt8(ascii: "\"") else { throw invalid("looking for beginning of object key string") }
            let name = try string()
            skipSpace()
            guard take(":") else { throw invalid("after object key") }
            skipSpace()
            members.append(JSONValue.Member(name, try value()))
            skipSpace()
            if take("}") { return .object(members) }
            guard take(",") else { throw invalid("after object key:value pair") }
            skipSpace()
        }
    }

    private mutating func literal(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for expected in word.unicodeScalars {
            guard take(expected) else { throw invalid("in literal \(word) (expecting '\(expected)')") }
        }
        return value
    }

    private mutating func number() throws(JSONError) -> String {
        let start = position
        _ = take("-")
        if !take("0") { try digits("in numeric literal") }
        if take(".") { try digits("after decimal point in numeric literal") }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            try digits("in exponent of numeric literal")
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func digits(_ context: String) throws(JSONError) {
        let start = position
        while let byte = peek(), UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { position += 1 }
        if position == start { throw invalid(context) }
    }

    func peek() -> UInt8? {
        position < bytes.count ? bytes[position] : nil
    }

    mutating func take(_ scalar: UnicodeScalar) -> Bool {
        guard peek() == UInt8(ascii: scalar) else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while let byte = peek(), JSONText.isSpace(byte) { position += 1 }
    }

    /// The error for the byte at hand.
    func invalid(_ context: String) -> JSONError {
        guard let byte = peek() else { return .unexpectedEnd }
        return .invalidCharacter(byte, context: context, offset: position)
    }
}
