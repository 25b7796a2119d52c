// SPDX-License-Identifier: Apache-2.0

/// A JSON document as it was written: members in order, numbers as text, null apart from absent.
///
/// Not `JSONDecoder`: manifests and configs are read with Go's rules (keys in any case, integers only where integers
/// are due), and what Go and Swift would read differently is an attack on a digest (compare CVE-2021-41190).
package indirect enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    /// The literal; its grammar is checked, its range is not.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// Reads one document and nothing after it.
    package init(parsing bytes: [UInt8]) throws(JSONError) {
        var parser = JSONParser(bytes)
        self = try parser.parseDocument()
    }

    /// What the value is, for errors.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
