// SPDX-License-Identifier: Apache-2.0

/// JSON that keeps what JSONSerialization loses: the digits of numbers and the order of keys.
indirect enum LiteralJSON {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([LiteralJSON])
    case object([(key: String, value: LiteralJSON)])

    struct SyntaxError: Error {
        let offset: Int
    }

    init(_ text: [UInt8]) throws(SyntaxError) {
        var reader = Reader(text: text)
        self = try reader.readValue()
    }

    subscript(key: String) -> LiteralJSON? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.key == key }?.value
    }

    var string: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    var bool: Bool? {
        if case .bool(let value) = self { return value }
        return nil
    }

    var array: [LiteralJSON]? {
        if case .array(let elements) = self { return elements }
        return nil
    }

    private struct Reader {
        let text: [UInt8]
        var index = 0

        mutating func next() throws(SyntaxError) -> UInt8 {
            guard index < text.count else { throw SyntaxError(offset: index) }
            index += 1
            return text[index - 1]
        }

        mutating func skipSpace() {
            while index < text.count, text[index] <= 0x20 { index += 1 }
        }

        /// Skips space and then `byte`, if that is what follows.
        mutating func skip(_ byte: Character) -> Bool {
            skipSpace()
            guard index < text.count, text[index] == byte.asciiValue else { return false }
            index += 1
            return true
        }

        mutating func readValue() throws(SyntaxError) -> LiteralJSON {
            if skip("{") { return .object(try readMembers()) }
            if skip("[") { return .array(try readElements()) }
            if skip("\"") { return .string(try readString()) }
            let start = index
            while index < text.count, !",]}".utf8.contains(text[index]), text[index] > 0x20 { index += 1 }
            switch String(decoding: text[start..<index], as: UTF8.self) {
            case "null": return .null
            case "true": return .bool(true)
            case "false": return .bool(false)
            case let number: return .number(number)
            }
        }

        mutating func readElements() throws(SyntaxError) -> [LiteralJSON] {
            var elements: [LiteralJSON] = []
            if skip("]") { return elements }
            repeat { elements.append(try readValue()) } while skip(",")
            guard skip("]") else { throw SyntaxError(offset: index) }
            return elements
        }

        mutating func readMembers() throws(SyntaxError) -> [(key: String, value: LiteralJSON)] {
            var members: [(key: String, value: LiteralJSON)] = []
            if skip("}") { return members }
            repeat {
                guard skip("\"") else { throw SyntaxError(offset: index) }
                let key = try readString()
                guard skip(":") else { throw SyntaxError(offset: index) }
                members.append((key, try readValue()))
            } while skip(",")
            guard skip("}") else { throw SyntaxError(offset: index) }
            return members
        }

        /// The opening quote has been read.
        mutating func readString() throws(SyntaxError) -> String {
            var units: [UInt16] = []
            var bytes: [UInt8] = []
            func flushed() -> [UInt16] { Array(String(decoding: bytes, as: UTF8.self).utf16) }
            while true {
                let byte = try next()
                if byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
                    bytes.append(byte)
                    continue
                }
                units += flushed()
                bytes = []
                if byte == UInt8(ascii: "\"") { return String(decoding: units, as: UTF16.self) }
                units.append(try readEscape())
            }
        }

        mutating func readEscape() throws(SyntaxError) -> UInt16 {
            let byte = try next()
            switch byte {
            case UInt8(ascii: "b"): return 8
            case UInt8(ascii: "f"): return 12
            case UInt8(ascii: "n"): return 10
            case UInt8(ascii: "r"): return 13
            case UInt8(ascii: "t"): return 9
            case UInt8(ascii: "u"):
                guard index + 4 <= text.count else { throw SyntaxError(offset: index) }
                let digits = String(decoding: text[index..<(index + 4)], as: UTF8.self)
                index += 4
                guard let unit = UInt16(digits, radix: 16) else { throw SyntaxError(offset: index) }
                return unit
            default: return UInt16(byte)
            }
        }
    }
}
