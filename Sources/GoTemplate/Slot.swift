// SPDX-License-Identifier: Apache-2.0

/// A value together with whether its static type is `interface {}`, the part of Go's reflect.Value that shows:
/// what comes out of a map of interfaces is an interface until a pipeline takes it out.
struct Slot: Sendable {
    var value: TemplateValue
    var isInterface: Bool

    init(_ value: TemplateValue, isInterface: Bool = false) {
        self.value = value
        self.isInterface = isInterface
    }

    /// No value: the zero reflect.Value.
    static let missing = Slot(.null)

    var isNone: Bool {
        if case .null = value { return true }
        return false
    }

    /// Neither a value nor a nil interface.
    var isInvalid: Bool { !isInterface && isNone }

    /// The static type's text.
    var typeName: String {
        isInterface ? "interface {}" : value.goType?.description ?? "<nil>"
    }

    /// The type behind the pointer that an object may be.
    var pointeeTypeName: String {
        guard case .object(let object) = value, object.goTypeName.hasPrefix("*") else { return typeName }
        return String(object.goTypeName.dropFirst())
    }

    var type: GoType {
        isInterface ? .interface : value.goType ?? .interface
    }

    var kind: GoKind {
        if isInterface { return .interface }
        switch value {
        case .null: return .invalid
        case .bool: return .bool
        case .int: return .int
        case .float: return .float
        case .complex: return .complex
        case .string: return .string
        case .list: return .slice
        case .map: return .map
        case .function: return .function
        case .object(let object): return object.goTypeName.hasPrefix("*") ? .pointer : .structure
        case .typed(let typed): return typed.type.kind
        }
    }

    /// The concrete value of an interface.
    var concrete: Slot { Slot(value) }

    /// Follows interfaces and pointers to the end, or to the first nil one.
    func indirected() -> (slot: Slot, isNil: Bool) {
        var slot = self
        while true {
            if slot.isInterface {
                if slot.isNone { return (slot, true) }
                slot = slot.concrete
                continue
            }
            guard case .typed(let typed) = slot.value, case .pointer(let pointee) = typed.type.underlying else {
                return (slot, false)
            }
            guard case .pointer(let target) = typed.payload else { return (slot, true) }
            slot = Slot(target, isInterface: pointee.kind == .interface)
        }
    }

    /// A nil pointer, map, slice, function or interface, or no value.
    var isNil: Bool {
        if isNone { return true }
        if case .typed(let typed) = value { return typed.isNull }
        return false
    }

    /// Truth as `if` has it, or nil when the value has none (it always has).
    var truth: Bool {
        switch value {
        case .null: return false
        case .bool(let bool): return bool
        case .int(let int): return int != 0
        case .float(let float): return float != 0
        case .complex(let real, let imaginary): return real != 0 || imaginary != 0
        case .string(let string): return !string.bytes.isEmpty
        case .list(let list): return !list.isEmpty
        case .map(let map): return map.count > 0
        case .object, .function: return true
        case .typed(let typed): return Self.truth(typed.payload)
        }
    }

    private static func truth(_ payload: TypedValue.Payload) -> Bool {
        switch payload {
        case .null: false
        case .bool(let bool): bool
        case .int(let int): int != 0
        case .uint(let uint): uint != 0
        case .float(let float): float != 0
        case .complex(let real, let imaginary): real != 0 || imaginary != 0
        case .string(let string): !string.bytes.isEmpty
        case .elements(let elements): !elements.isEmpty
        case .bytes(let bytes): !bytes.isEmpty
        case .entries(let entries): !entries.isEmpty
        case .fields, .pointer: true
        }
    }
}
