// SPDX-License-Identifier: Apache-2.0

/// Why bytes are no JSON document that we read.
package enum JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    case unexpectedEnd
    case unexpectedByte(UInt8, offset: Int)
    /// Deeper than `JSONParser.maximumDepth`.
    case tooDeep(offset: Int)
    case trailingData(offset: Int)

    package var description: String {
        switch self {
        case .unexpectedEnd: "unexpected end of JSON input"
        case .unexpectedByte(let byte, let offset):
            "invalid JSON: unexpected byte 0x\(String(byte, radix: 16)) at offset \(offset)"
        case .tooDeep(let offset):
            "invalid JSON: nested deeper than \(JSONParser.maximumDepth) levels at offset \(offset)"
        case .trailingData(let offset): "invalid JSON: data after the document at offset \(offset)"
        }
    }
}
