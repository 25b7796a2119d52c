// SPDX-License-Identifier: Apache-2.0

/// A Go type, as far as templates can tell: error texts, `%T`, assignability and zero values depend on it.
public indirect enum GoType: Hashable, Sendable {
    case bool, string
    case int, int8, int16, int32, int64
    case uint, uint8, uint16, uint32, uint64, uintptr
    case float32, float64, complex64, complex128
    /// `interface {}`
    case interface
    case slice(GoType)
    case array(count: Int, GoType)
    case map(key: GoType, value: GoType)
    case pointer(GoType)
    case structure([Field])
    /// A function, described by its Go syntax.
    case function(String)
    /// A defined type such as `time.Duration`.
    case named(String, GoType)

    /// A field of a struct; `jsonName` is nil when JSON leaves the field out. The fields of an embedded struct are also
    /// those of the struct around it, in templates and in JSON.
    public struct Field: Hashable, Sendable {
        public let name: String
        public let type: GoType
        public let jsonName: String?
        public let omitsEmpty: Bool
        public let isEmbedded: Bool

        public init(
            _ name: String, _ type: GoType, jsonName: String?, omitsEmpty: Bool = false, isEmbedded: Bool = false
        ) {
            self.name = name
            self.type = type
            self.jsonName = jsonName
            self.omitsEmpty = omitsEmpty
            self.isEmbedded = isEmbedded
        }

        public init(_ name: String, _ type: GoType) {
            self.init(name, type, jsonName: name)
        }
    }

    /// The type as Go prints it.
    public var description: String {
        switch self {
        case .interface: "interface {}"
        case .slice(let element): "[]" + element.description
        case .array(let count, let element): "[\(count)]" + element.description
        case .map(let key, let value): "map[" + key.description + "]" + value.description
        case .pointer(let pointee): "*" + pointee.description
        case .function(let text): text
        case .named(let name, _): name
        case .structure(let fields):
            fields.isEmpty
                ? "struct {}"
                : "struct { " + fields.map { $0.name + " " + $0.type.description }.joined(separator: "; ") + " }"
        default: basicName
        }
    }

    private var basicName: String {
        switch self {
        case .bool: "bool"
        case .string: "string"
        case .int: "int"
        case .int8: "int8"
        case .int16: "int16"
        case .int32: "int32"
        case .int64: "int64"
        case .uint: "uint"
        case .uint8: "uint8"
        case .uint16: "uint16"
        case .uint32: "uint32"
        case .uint64: "uint64"
        case .uintptr: "uintptr"
        case .float32: "float32"
        case .float64: "float64"
        case .complex64: "complex64"
        default: "complex128"
        }
    }

    /// The type with the name of a defined type taken off.
    public var underlying: GoType {
        var type = self
        while case .named(_, let inner) = type { type = inner }
        return type
    }

    /// Whether the type has a name: predeclared or defined.
    private var isNamed: Bool {
        switch self {
        case .slice, .array, .map, .pointer, .structure, .function, .interface: false
        default: true
        }
    }

    /// Go's assignability of a value of this type to `target`.
    func isAssignable(to target: GoType) -> Bool {
        if self == target || target.underlying == .interface { return true }
        guard !isNamed || !target.isNamed else { return false }
        return underlying == target.underlying
    }

    /// The kind of values of the type.
    var kind: GoKind {
        switch underlying {
        case .bool: .bool
        case .string: .string
        case .int, .int8, .int16, .int32, .int64: .int
        case .uint, .uint8, .uint16, .uint32, .uint64, .uintptr: .uint
        case .float32, .float64: .float
        case .complex64, .complex128: .complex
        case .slice: .slice
        case .array: .array
        case .map: .map
        case .pointer: .pointer
        case .structure: .structure
        case .function: .function
        case .interface, .named: .interface
        }
    }

    /// Whether nil can be assigned to the type.
    var canBeNil: Bool {
        switch kind {
        case .slice, .map, .pointer, .function, .interface: true
        default: false
        }
    }

    /// Whether `==` works on values of the type.
    var isComparable: Bool {
        switch underlying {
        case .slice, .map, .function: false
        case .array(_, let element): element.isComparable
        case .structure(let fields): fields.allSatisfy { $0.type.isComparable }
        default: true
        }
    }
}
