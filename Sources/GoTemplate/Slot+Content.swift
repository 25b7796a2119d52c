// SPDX-License-Identifier: Apache-2.0

/// What a slot holds, by kind; a wrong kind gives a zero.
extension Slot {
    var boolValue: Bool {
        switch value {
        case .bool(let bool): return bool
        case .typed(let typed):
            if case .bool(let bool) = typed.payload { return bool }
            return false
        default: return false
        }
    }

    var intValue: Int64 {
        switch value {
        case .int(let int): return Int64(int)
        case .typed(let typed):
            if case .int(let int) = typed.payload { return int }
            return 0
        default: return 0
        }
    }

    var uintValue: UInt64 {
        if case .typed(let typed) = value, case .uint(let uint) = typed.payload { return uint }
        return 0
    }

    var floatValue: Double {
        switch value {
        case .float(let float): return float
        case .typed(let typed):
            if case .float(let float) = typed.payload { return float }
            return 0
        default: return 0
        }
    }

    var complexValue: (real: Double, imaginary: Double) {
        switch value {
        case .complex(let real, let imaginary): return (real, imaginary)
        case .typed(let typed):
            if case .complex(let real, let imaginary) = typed.payload { return (real, imaginary) }
            return (0, 0)
        default: return (0, 0)
        }
    }

    var stringValue: GoString {
        switch value {
        case .string(let string): return string
        case .typed(let typed):
            if case .string(let string) = typed.payload { return string }
            return ""
        default: return ""
        }
    }

    /// The length of a string, slice, array or map.
    var count: Int {
        switch value {
        case .string(let string): return string.bytes.count
        case .list(let list): return list.count
        case .map(let map): return map.count
        case .typed(let typed):
            switch typed.payload {
            case .string(let string): return string.bytes.count
            case .elements(let elements): return elements.count
            case .bytes(let bytes): return bytes.count
            case .entries(let entries): return entries.count
            default: return 0
            }
        default: return 0
        }
    }

    /// The element of a slice or array, or the byte of a string, at `index`, which must be inside it.
    func element(at index: Int) -> Slot {
        switch value {
        case .string(let string): return Self.byte(string.bytes[index])
        case .list(let list): return Slot(list[index], isInterface: true)
        case .typed(let typed):
            switch typed.payload {
            case .string(let string): return Self.byte(string.bytes[index])
            case .bytes(let bytes): return Self.byte(bytes[index])
            case .elements(let elements):
                return Slot(elements[index], isInterface: typed.type.elementType.kind == .interface)
            default: return .missing
            }
        default: return .missing
        }
    }

    private static func byte(_ byte: UInt8) -> Slot {
        Slot(.typed(TypedValue(.uint8, .uint(UInt64(byte)))))
    }

    /// The key and value at position `index` of a map in key order.
    func entry(at index: Int) -> (key: Slot, value: Slot) {
        switch value {
        case .map(let map): return (Slot(.string(map.keys[index])), Slot(map.values[index], isInterface: true))
        case .typed(let typed):
            guard case .entries(let entries) = typed.payload, case .map(let key, let value) = typed.type.underlying
            else { return (.missing, .missing) }
            return (
                Slot(entries[index].key, isInterface: key.kind == .interface),
                Slot(entries[index].value, isInterface: value.kind == .interface)
            )
        default: return (.missing, .missing)
        }
    }

    /// The value of a map under a string key, or nil.
    func entry(forKey key: GoString) -> Slot? {
        switch value {
        case .map(let map): return map[key].map { Slot($0, isInterface: true) }
        case .typed(let typed):
            guard case .entries(let entries) = typed.payload else { return nil }
            let index = entries.firstIndex { entry in
                let slot = Slot(entry.key)
                return slot.kind == .string && slot.stringValue == key
            }
            return index.map { entry(at: $0).value }
        default: return nil
        }
    }

    /// The value of a map under any key, or nil.
    func entry(forKey key: Slot) -> Slot? {
        if key.kind == .string { return entry(forKey: key.stringValue) }
        let index = (0..<count).first { index in
            let candidate = entry(at: index).key.concrete
            return candidate.kind == key.kind && Comparison.areEqualBasic(candidate, key)
        }
        return index.map { entry(at: $0).value }
    }
}

extension GoType {
    /// The type of the elements of a slice, array, map or pointer.
    var elementType: GoType {
        switch underlying {
        case .slice(let element), .array(_, let element), .map(_, let element), .pointer(let element): element
        case .string: .uint8
        default: .interface
        }
    }

    /// The key type of a map.
    var keyType: GoType {
        if case .map(let key, _) = underlying { return key }
        return .interface
    }

    /// The zero value of the type.
    var zero: Slot {
        switch kind {
        case .interface: return Slot(.null, isInterface: true)
        case .invalid: return .missing
        default: break
        }
        switch self {
        case .bool: return Slot(.bool(false))
        case .int: return Slot(.int(0))
        case .float64: return Slot(.float(0))
        case .string: return Slot(.string(GoString(bytes: [])))
        default: return Slot(.typed(TypedValue(self, zeroPayload)))
        }
    }

    private var zeroPayload: TypedValue.Payload {
        switch underlying {
        case .bool: .bool(false)
        case .string: .string("")
        case .structure(let fields): .fields(fields.map { $0.type.zero.value })
        case .array(let count, let element): .elements(Array(repeating: element.zero.value, count: min(count, 1 << 16)))
        default:
            switch kind {
            case .int: .int(0)
            case .uint: .uint(0)
            case .float: .float(0)
            case .complex: .complex(real: 0, imaginary: 0)
            default: .null
            }
        }
    }
}
