// SPDX-License-Identifier: Apache-2.0

/// A value of a Go type that plain JSON does not have: sized integers, structs, pointers, defined types…
public final class TypedValue: Sendable {
    public enum Payload: Sendable {
        /// A nil slice, map, pointer or function.
        case null
        case bool(Bool)
        case int(Int64)
        case uint(UInt64)
        case float(Double)
        case complex(real: Double, imaginary: Double)
        case string(GoString)
        /// A slice or array.
        case elements([TemplateValue])
        /// A slice of uint8.
        case bytes([UInt8])
        /// A map, in the order of its keys.
        case entries([Entry])
        /// A struct's values, one for each field of its type.
        case fields([TemplateValue])
        case pointer(TemplateValue)
    }

    public struct Entry: Sendable {
        public let key: TemplateValue
        public let value: TemplateValue

        public init(key: TemplateValue, value: TemplateValue) {
            self.key = key
            self.value = value
        }
    }

    public let type: GoType
    public let payload: Payload
    /// The result of the type's `String()` or `Error()` method, if it has one: this is what prints. Of a nil pointer it
    /// only tells that there is such a method.
    public let text: GoString?
    /// What the type's `MarshalJSON` stands for, if it has one.
    public let json: TemplateValue?
    /// The methods of the type that templates may call, by name.
    public let methods: (@Sendable (String) -> TemplateMember?)?

    /// The payload must fit the type; a mismatch prints oddly but is not unsafe.
    public init(
        _ type: GoType, _ payload: Payload, text: GoString? = nil, json: TemplateValue? = nil,
        methods: (@Sendable (String) -> TemplateMember?)? = nil
    ) {
        self.type = type
        if case .entries(let entries) = payload {
            self.payload = .entries(entries.sorted { KeyOrder.precedes($0.key, $1.key) })
        } else {
            self.payload = payload
        }
        self.text = text
        self.json = json
        self.methods = methods
    }

    var isNull: Bool {
        if case .null = payload { return true }
        return false
    }
}
