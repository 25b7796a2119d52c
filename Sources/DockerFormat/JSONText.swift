// SPDX-License-Identifier: Apache-2.0

/// JSON bytes laid out anew without touching what is in them: strings keep their escapes, numbers their digits.
public enum JSONText {
    /// Go's `json.Indent` with an empty prefix. White space after the value is kept, as there.
    /// - Throws: `JSONError` when the bytes are not one JSON value within the parser's bounds.
    public static func indented(_ bytes: [UInt8], by indent: String) throws(JSONError) -> [UInt8] {
        _ = try JSONParser.parse(bytes)
        return relaid(bytes, indent: Array(indent.utf8))
    }

    /// Go's `json.Compact`: no white space outside strings.
    /// - Throws: as `indented`.
    public static func compact(_ bytes: [UInt8]) throws(JSONError) -> [UInt8] {
        _ = try JSONParser.parse(bytes)
        return relaid(bytes, indent: nil)
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }

    /// Lays out bytes known to be valid.
    private static func relaid(_ bytes: [UInt8], indent: [UInt8]?) -> [UInt8] {
        var output: [UInt8] = []
        var depth = 0
        var wasOpened = false
        func breakLine() {
            guard let indent else { return }
            output.append(UInt8(ascii: "\n"))
            for _ in 0..<depth { output.append(contentsOf: indent) }
        }
        var index = 0
        let end = bytes.lastIndex { !isSpace($0) } ?? -1
        while index <= end {
            let byte = bytes[index]
            index += 1
            if isSpace(byte) { continue }
            let closes = byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
            if closes { depth -= 1 }
            if closes != wasOpened { breakLine() }
            wasOpened = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[")
            if wasOpened { depth += 1 }
            output.append(byte)
            switch byte {
            case UInt8(ascii: "\""): copyString(bytes, &index, to: &output)
            case UInt8(ascii: ","): breakLine()
            case UInt8(ascii: ":") where indent != nil: output.append(0x20)
            default: break
            }
        }
        if indent != nil { output.append(contentsOf: bytes[(end + 1)...]) }
        return output
    }

    /// Copies the rest of a string, from after its opening quote.
    private static func copyString(_ bytes: [UInt8], _ index: inout Int, to output: inout [UInt8]) {
        var isEscaped = false
        while index < bytes.count {
            let byte = bytes[index]
            output.append(byte)
            index += 1
            if byte == UInt8(ascii: "\""), !isEscaped { return }
            isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        }
    }
}
