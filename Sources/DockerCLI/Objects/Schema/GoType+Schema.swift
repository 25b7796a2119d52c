// SPDX-License-Identifier: Apache-2.0
import GoTemplate

/// The Go structs into which docker's client decodes what the engine sends (moby, api/types at 28.5). Templates of
/// `inspect` see their fields, and what has no value as the zero value of its type.
extension GoType {
    static let strings = GoType.slice(.string)
    static let stringMap = GoType.map(key: .string, value: .string)
    static let keySet = GoType.map(key: .string, value: .structure([]))
    static let strSlice = GoType.named("strslice.StrSlice", strings)
    static let time = GoType.named("time.Time", .structure([]))
    static let duration = GoType.named("time.Duration", .int64)
    static let port = GoType.named("nat.Port", .string)

    /// A defined struct.
    static func structure(_ name: String, _ fields: [Field]) -> GoType {
        .named(name, .structure(fields))
    }

    /// A defined string, such as an enumeration.
    static func text(_ name: String) -> GoType {
        .named(name, .string)
    }
}

extension GoType.Field {
    /// A field with another name in JSON.
    static func field(_ name: String, _ type: GoType, json: String) -> GoType.Field {
        GoType.Field(name, type, jsonName: json)
    }

    static func field(_ name: String, _ type: GoType) -> GoType.Field {
        GoType.Field(name, type)
    }

    /// A field that JSON leaves out when it has no value.
    static func optional(_ name: String, _ type: GoType, json: String? = nil) -> GoType.Field {
        GoType.Field(name, type, jsonName: json ?? name, omitsEmpty: true)
    }

    /// A struct whose fields are also those of the one around it.
    static func embedded(_ name: String, _ type: GoType) -> GoType.Field {
        GoType.Field(name, type, jsonName: nil, isEmbedded: true)
    }
}
