// SPDX-License-Identifier: Apache-2.0

/// Why bytes are not the JSON that was expected; syntax errors are worded as Go's `encoding/json`.
public enum JSONError: Error, Hashable, CustomStringConvertible {
    case unexpectedEnd
    /// A byte that cannot stand where it does, and its offset; `context` says what was being read.
    case invalidCharacter(UInt8, context: String, offset: Int)
    case tooDeep(limit: Int)
    /// In bytes.
    case tooLarge(limit: Int)

    public var description: String {
        switch self {
        case .unexpectedEnd: "unexpected end of JSON input"
        case .invalidCharacter(let byte, let context, _):
            "invalid character \(GoQuote.quoted(UnicodeScalar(byte))) \(context)"
        case .tooDeep(let limit): "JSON nested deeper than \(limit) levels"
        case .tooLarge(let limit): "JSON larger than \(limit) bytes"
        }
    }
}
