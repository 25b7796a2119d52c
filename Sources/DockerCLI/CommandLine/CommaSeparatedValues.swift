// SPDX-License-Identifier: Apache-2.0

/// One record of comma-separated values, as Go's `encoding/csv` reads it: fields may stand in double quotes, `""`
/// inside them is a quote.
enum CommaSeparatedValues {
    /// - Throws: `FlagError` with Go's text.
    static func parse(_ text: String) throws(FlagError) -> [String] {
        if text.isEmpty { return [] }
        let bytes = Array(text.utf8)
        var fields: [String] = []
        var position = 0
        while true {
            let isQuoted = position < bytes.count && bytes[position] == UInt8(ascii: "\"")
            fields.append(try isQuoted ? quotedField(bytes, &position) : plainField(bytes, &position))
            guard position < bytes.count, bytes[position] == UInt8(ascii: ",") else { return fields }
            position += 1
        }
    }

    private static func plainField(_ bytes: [UInt8], _ position: inout Int) throws(FlagError) -> String {
        let start = position
        while position < bytes.count, bytes[position] != UInt8(ascii: ","), bytes[position] != UInt8(ascii: "\n") {
            if bytes[position] == UInt8(ascii: "\"") {
                throw FlagError("parse error on line 1, column \(position + 1): bare \" in non-quoted-field")
            }
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func quotedField(_ bytes: [UInt8], _ position: inout Int) throws(FlagError) -> String {
        var field: [UInt8] = []
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            guard byte == UInt8(ascii: "\"") else {
                field.append(byte)
                continue
            }
            guard position < bytes.count, bytes[position] != UInt8(ascii: ","), bytes[position] != UInt8(ascii: "\n")
            else {
                return String(decoding: field, as: UTF8.self)
            }
            guard bytes[position] == UInt8(ascii: "\"") else {
                throw FlagError("parse error on line 1, column \(position): extraneous or missing \" in quoted-field")
            }
            field.append(byte)
            position += 1
        }
        throw FlagError("parse error on line 1, column \(bytes.count + 1): extraneous or missing \" in quoted-field")
    }
}
