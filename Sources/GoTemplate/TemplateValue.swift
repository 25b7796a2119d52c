// SPDX-License-Identifier: Apache-2.0

/// A value that a template works on.
public enum TemplateValue: Sendable {
    /// nil, or no value at all.
    case null
    case bool(Bool)
    /// Go's int, 64 bits wide.
    case int(Int)
    /// float64
    case float(Double)
    /// complex128
    case complex(real: Double, imaginary: Double)
    case string(GoString)
    /// `[]interface {}`
    case list([TemplateValue])
    /// `map[string]interface {}`
    case map(TemplateMap)
    case object(any TemplateObject)
    case function(TemplateFunction)
    case typed(TypedValue)

    public static func string(_ text: String) -> TemplateValue {
        .string(GoString(text))
    }

    public static func int64(_ value: Int64) -> TemplateValue {
        .typed(TypedValue(.int64, .int(value)))
    }

    public static func uint64(_ value: UInt64) -> TemplateValue {
        .typed(TypedValue(.uint64, .uint(value)))
    }

    /// `[]string`; nil makes Go's nil slice, which prints as `[]` and is `null` in JSON.
    public static func strings(_ values: [String]?) -> TemplateValue {
        .typed(TypedValue(.slice(.string), values.map { .elements($0.map { .string($0) }) } ?? .null))
    }

    /// `map[string]string`; nil makes Go's nil map.
    public static func stringMap(_ values: [String: String]?) -> TemplateValue {
        let entries = values?.map { TypedValue.Entry(key: .string($0.key), value: .string($0.value)) }
        return .typed(TypedValue(.map(key: .string, value: .string), entries.map { .entries($0) } ?? .null))
    }

    /// `json.Number`: a number with the digits of its JSON text, which templates see as a string.
    public static func jsonNumber(_ text: String) -> TemplateValue {
        let number = TypedValue(.named("json.Number", .string), .string(GoString(text))) { method in
            method == "String" ? .method(.string(text)) : nil
        }
        return .typed(number)
    }

    /// `time.Duration`, which prints like `1m30s` and has the methods Hours, Minutes, Seconds…
    public static func duration(nanoseconds: Int64) -> TemplateValue {
        let text = GoString(GoDuration.text(nanoseconds: nanoseconds))
        let duration = TypedValue(.named("time.Duration", .int64), .int(nanoseconds), text: text) { method in
            GoDuration.method(method, nanoseconds: nanoseconds).map { .method($0) }
        }
        return .typed(duration)
    }

    /// A pointer to `value`.
    public static func pointer(to value: TemplateValue) -> TemplateValue {
        .typed(TypedValue(.pointer(value.goType ?? .interface), .pointer(value)))
    }

    /// A nil pointer, slice, map or function of `type`.
    public static func null(of type: GoType) -> TemplateValue {
        .typed(TypedValue(type, .null))
    }

    /// A struct; with a `name` such as `image.RootFS` a defined one.
    public static func structure(_ fields: [(GoType.Field, TemplateValue)], name: String? = nil) -> TemplateValue {
        let type = GoType.structure(fields.map(\.0))
        return .typed(TypedValue(name.map { .named($0, type) } ?? type, .fields(fields.map(\.1))))
    }

    /// The dynamic type; nil for `.null`.
    public var goType: GoType? {
        switch self {
        case .null: nil
        case .bool: .bool
        case .int: .int
        case .float: .float64
        case .complex: .complex128
        case .string: .string
        case .list: .slice(.interface)
        case .map: .map(key: .string, value: .interface)
        case .object(let object):
            .named(object.goTypeName, object.goTypeName.hasPrefix("*") ? .pointer(.structure([])) : .structure([]))
        case .function(let function): .function(function.goSignature)
        case .typed(let value): value.type
        }
    }
}
