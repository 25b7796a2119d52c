// SPDX-License-Identifier: Apache-2.0

extension TOMLParser {
    mutating func value(depth: Int) throws(TOMLError) -> TOMLValue {
        guard depth < Self.maximumDepth else { throw error("values are nested too deep") }
        switch peek {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return .string(try string(isKey: false))
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "{"): return try inlineTable(depth: depth)
        default: return try word()
        }
    }

    /// Booleans and whole numbers.
    private mutating func word() throws(TOMLError) -> TOMLValue {
        let start = index
        while let byte = peek, Self.isBareKey(byte) || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".") {
            index += 1
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        switch text {
        case "": throw error("a value is missing")
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        default:
            guard let number = Self.integer(text) else {
                throw error("\"\(text)\" is neither a string, a whole number nor true or false")
            }
            return .integer(number)
        }
    }

    private static func integer(_ text: String) -> Int? {
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where text.hasPrefix(prefix) {
            return digits(text.dropFirst(2), radix: radix)
        }
        let isNegative = text.hasPrefix("-")
        let body = isNegative || text.hasPrefix("+") ? text.dropFirst() : text[...]
        guard body == "0" || !body.hasPrefix("0") else { return nil }
        return digits(body, radix: 10).map { isNegative ? -$0 : $0 }
    }

    /// An underscore may stand between two digits.
    private static func digits(_ text: Substring, radix: Int) -> Int? {
        let groups = text.split(separator: "_", omittingEmptySubsequences: false)
        guard groups.allSatisfy({ !$0.isEmpty && $0.first != "+" && $0.first != "-" }) else { return nil }
        return Int(groups.joined(), radix: radix)
    }

    private mutating func array(depth: Int) throws(TOMLError) -> TOMLValue {
        index += 1
        var elements: [TOMLValue] = []
        while true {
            try skipSpace()
            if peek == UInt8(ascii: "]") { break }
            elements.append(try value(depth: depth + 1))
            try skipSpace()
            if peek == UInt8(ascii: "]") { break }
            guard peek == UInt8(ascii: ",") else { throw error("',' or ']' is missing") }
            index += 1
        }
        index += 1
        return .array(elements)
    }

    private mutating func inlineTable(depth: Int) throws(TOMLError) -> TOMLValue {
        index += 1
        var table = TOMLTable()
        skipBlanks()
        while peek != UInt8(ascii: "}") {
            let key = try key()
            try expect("=")
            let (value, line) = (try value(depth: depth + 1), line)
            try Self.update(key.dropLast(), in: &table, line) { inner throws(TOMLError) in
                try Self.insert(value, key[key.count - 1], into: &inner, line)
            }
            skipBlanks()
            guard peek == UInt8(ascii: ",") else { break }
            index += 1
            skipBlanks()
            // Unlike an array's, the last member has no comma after it.
            guard peek != UInt8(ascii: "}") else { throw error("a key is missing") }
        }
        guard peek == UInt8(ascii: "}") else { throw error("'}' is missing") }
        index += 1
        return .table(table)
    }
}
