// SPDX-License-Identifier: Apache-2.0

/// Values as Go's encoding/json writes them, compact.
struct GoJSONEncoder {
    typealias Failure = TemplateFunction.Failure

    private(set) var output: [UInt8] = []
    let limit: Int
    /// Whether `<`, `>` and `&` are escaped, as they are inside what MarshalJSON returns.
    private var escapesHTML = false

    init(limit: Int) {
        self.limit = limit
    }

    /// Fails where the value has no JSON form (complex numbers, functions, infinities) or is too large.
    mutating func encode(_ slot: Slot) throws(Failure) {
        guard output.count <= limit else { throw Failure("exceeded maximum size of a value (\(limit) bytes)") }
        switch slot.value {
        case .null: write("null")
        case .bool(let value): write(value ? "true" : "false")
        case .int(let value): write(String(value))
        case .float(let value): try encode(value, isSingle: false)
        case .string(let text): encode(text.bytes)
        case .list, .map: try encodeCollection(slot)
        case .complex, .function: throw Self.unsupported(slot)
        case .object(let object):
            let outer = escapesHTML
            escapesHTML = true
            defer { escapesHTML = outer }
            try encode(Slot(object.jsonValue))
        case .typed(let typed): try encode(typed, slot)
        }
    }

    private static func unsupported(_ slot: Slot) -> Failure {
        Failure("json: unsupported type: \(slot.concrete.typeName)")
    }

    private mutating func write(_ text: String) {
        output += text.utf8
    }

    private mutating func encode(_ typed: TypedValue, _ slot: Slot) throws(Failure) {
        if let json = typed.json { return try encode(Slot(json)) }
        switch typed.payload {
        case .null:
            guard typed.type.kind != .function else { throw Self.unsupported(slot) }
            write("null")
        case .bool(let value): write(value ? "true" : "false")
        case .int(let value): write(String(value))
        case .uint(let value): write(String(value))
        case .float(let value): try encode(value, isSingle: typed.type.underlying == .float32)
        case .complex: throw Self.unsupported(slot)
        case .string(let text):
            if case .named("json.Number", _) = typed.type { return try encodeNumber(text.bytes) }
            encode(text.bytes)
        case .bytes(let bytes): encodeBase64(bytes)
        case .elements, .entries: try encodeCollection(slot)
        case .fields: try encodeStructure(slot)
        case .pointer(let target): try encode(Slot(target))
        }
    }

    /// A number keeps its digits; an empty one is 0.
    private mutating func encodeNumber(_ digits: [UInt8]) throws(Failure) {
        if digits.isEmpty { return write("0") }
        guard GoNumber.isJSONNumber(digits) else {
            throw Failure(
                "json: invalid number literal \(String(decoding: GoQuote.quoted(digits).bytes, as: UTF8.self))")
        }
        output += digits
    }

    private mutating func encodeCollection(_ slot: Slot) throws(Failure) {
        guard slot.kind == .map else {
            write("[")
            for index in 0..<slot.count {
                if index > 0 { write(",") }
                try encode(slot.element(at: index).concrete)
            }
            return write("]")
        }
        var entries: [(key: [UInt8], value: Slot)] = []
        for index in 0..<slot.count {
            let (key, value) = slot.entry(at: index)
            guard let text = Self.keyText(key.concrete) else { throw Self.unsupported(slot) }
            entries.append((text, value))
        }
        write("{")
        for (index, entry) in entries.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }).enumerated() {
            if index > 0 { write(",") }
            encode(entry.key)
            write(":")
            try encode(entry.value.concrete)
        }
        write("}")
    }

    /// Only strings and integers can be keys.
    private static func keyText(_ key: Slot) -> [UInt8]? {
        switch key.kind {
        case .string: key.stringValue.bytes
        case .int: Array(String(key.intValue).utf8)
        case .uint: Array(String(key.uintValue).utf8)
        default: nil
        }
    }

    private mutating func encodeStructure(_ slot: Slot) throws(Failure) {
        write("{")
        var isFirst = true
        try encodeFields(of: slot, &isFirst)
        write("}")
    }

    /// Those of an embedded struct stand among the others.
    private mutating func encodeFields(of structure: Slot, _ isFirst: inout Bool) throws(Failure) {
        for (field, value) in structure.fields {
            if field.isEmbedded {
                try encodeFields(of: value.indirected().slot, &isFirst)
                continue
            }
            guard let name = field.jsonName, !(field.omitsEmpty && Self.isEmpty(value)) else { continue }
            if !isFirst { write(",") }
            isFirst = false
            encode(Array(name.utf8))
            write(":")
            try encode(value.concrete)
        }
    }

    /// What `omitempty` leaves out: structs never are.
    private static func isEmpty(_ slot: Slot) -> Bool {
        !slot.truth
    }

    private mutating func encode(_ value: Double, isSingle: Bool) throws(Failure) {
        guard value.isFinite else {
            throw Failure("json: unsupported value: " + (value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf"))
        }
        let magnitude = value.magnitude
        let isScientific =
            isSingle
            ? Float(magnitude) < 1e-6 || Float(magnitude) >= 1e21 : magnitude < 1e-6 || magnitude >= 1e21
        let number = GoFloat(value: value, isSingle: isSingle)
        guard isScientific, magnitude != 0 else {
            output += number.text(UInt8(ascii: "f"), precision: nil)
            return
        }
        var text = number.text(UInt8(ascii: "e"), precision: nil)
        // e-09 becomes e-9.
        let count = text.count
        if count >= 4, text[count - 4] == UInt8(ascii: "e"), text[count - 3] == UInt8(ascii: "-"),
            text[count - 2] == UInt8(ascii: "0")
        {
            text.remove(at: count - 2)
        }
        output += text
    }

    private mutating func encode(_ text: [UInt8]) {
        output.append(UInt8(ascii: "\""))
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte >= 0x80 {
                let (rune, width, isValid) = UTF8Decoding.decode(text, at: index)
                if !isValid || rune == "\u{2028}" || rune == "\u{2029}" {
                    writeUnicode(rune.value)
                } else {
                    output += text[index..<(index + width)]
                }
                index += width
                continue
            }
            encodeASCII(byte)
            index += 1
        }
        output.append(UInt8(ascii: "\""))
    }

    private mutating func encodeASCII(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
        case 8: write("\\b")
        case 12: write("\\f")
        case UInt8(ascii: "\n"): write("\\n")
        case UInt8(ascii: "\r"): write("\\r")
        case UInt8(ascii: "\t"): write("\\t")
        case 0..<0x20: writeUnicode(UInt32(byte))
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
            if escapesHTML { writeUnicode(UInt32(byte)) } else { output.append(byte) }
        default: output.append(byte)
        }
    }

    private mutating func writeUnicode(_ value: UInt32) {
        let digits = String(value, radix: 16)
        write("\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
    }

    private mutating func encodeBase64(_ bytes: [UInt8]) {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        output.append(UInt8(ascii: "\""))
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - group.count))
            for digit in 0..<4 {
                let isPadding = digit > group.count
                output.append(isPadding ? UInt8(ascii: "=") : alphabet[Int(bits >> UInt32(18 - 6 * digit) & 63)])
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
