// SPDX-License-Identifier: Apache-2.0

/// A reader of JSON (RFC 8259) with a bound on its recursion, so that no input can exhaust the stack.
struct JSONParser {
    /// Real manifests and configs nest below ten levels.
    static let maximumDepth = 128

    let bytes: [UInt8]
    var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func parseDocument() throws(JSONError) -> JSONValue {
        let value = try parseValue(depth: 0)
        skipWhitespace()
        guard position == bytes.count else { throw .trailingData(offset: position) }
        return value
    }

    private mutating func parseValue(depth: Int) throws(JSONError) -> JSONValue {
        skipWhitespace()
        switch try peek() {
        case UInt8(ascii: "{"): return .object(try parseObject(depth: depth + 1))
        case UInt8(ascii: "["): return .array(try parseArray(depth: depth + 1))
        case UInt8(ascii: "\""): return .string(try parseString())
        case UInt8(ascii: "t"): return try parseLiteral("true", .bool(true))
        case UInt8(ascii: "f"): return try parseLiteral("false", .bool(false))
        case UInt8(ascii: "n"): return try parseLiteral("null", .null)
        default: return .number(try parseNumber())
        }
    }

    private mutating func parseObject(depth: Int) throws(JSONError) -> JSONObject {
        guard depth <= Self.maximumDepth else { throw .tooDeep(offset: position) }
        position += 1
        var object = JSONObject()
        if try consume(UInt8(ascii: "}")) { return object }
        repeat {
            skipWhitespace()
            guard try peek() == UInt8(ascii: "\"") else { throw unexpected() }
            let key = try parseString()
            guard try consume(UInt8(ascii: ":")) else { throw unexpected() }
            object.members.append(.init(key: key, value: try parseValue(depth: depth)))
        } while try consume(UInt8(ascii: ","))
        guard try consume(UInt8(ascii: "}")) else { throw unexpected() }
        return object
    }

    private mutating func parseArray(depth: Int) throws(JSONError) -> [JSONValue] {
        guard depth <= Self.maximumDepth else { throw .tooDeep(offset: position) }
        position += 1
        var values: [JSONValue] = []
        if try consume(UInt8(ascii: "]")) { return values }
        repeat {
            values.append(try parseValue(depth: depth))
        } while try consume(UInt8(ascii: ","))
        guard try consume(UInt8(ascii: "]")) else { throw unexpected() }
        return values
    }

    private mutating func parseLiteral(_ text: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        for index in 0..<text.utf8CodeUnitCount {
            guard try peek() == text.utf8Start[index] else { throw unexpected() }
            position += 1
        }
        return value
    }

    /// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`
    private mutating func parseNumber() throws(JSONError) -> String {
        let start = position
        skip { $0 == UInt8(ascii: "-") }
        if try peek() == UInt8(ascii: "0") { position += 1 } else { try skipDigits() }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            try skipDigits()
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            skip { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
            try skipDigits()
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func skipDigits() throws(JSONError) {
        guard ASCII.isDigit(try peek()) else { throw unexpected() }
        while position < bytes.count, ASCII.isDigit(bytes[position]) { position += 1 }
    }

    /// Skips one byte if `condition` holds for it.
    private mutating func skip(_ condition: (UInt8) -> Bool) {
        if position < bytes.count, condition(bytes[position]) { position += 1 }
    }

    /// Skips white space and then `byte`, if that is the next.
    private mutating func consume(_ byte: UInt8) throws(JSONError) -> Bool {
        skipWhitespace()
        guard try peek() == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipWhitespace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    func peek() throws(JSONError) -> UInt8 {
        guard position < bytes.count else { throw .unexpectedEnd }
        return bytes[position]
    }

    func unexpected() -> JSONError {
        position < bytes.count ? .unexpectedByte(bytes[position], offset: position) : .unexpectedEnd
    }
}
