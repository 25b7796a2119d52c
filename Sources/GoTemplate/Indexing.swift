// SPDX-License-Identifier: Apache-2.0

/// The builtins index, slice and len.
enum Indexing {
    typealias Failure = TemplateFunction.Failure

    static func index(_ operands: [Slot]) throws(Failure) -> Slot {
        guard var item = operands.first, !item.isNone else { throw Failure("index of untyped nil") }
        item = item.concrete
        for operand in operands.dropFirst() {
            let (target, isNil) = item.indirected()
            if isNil { throw Failure("index of nil pointer") }
            switch target.kind {
            case .array, .slice, .string:
                let position = try indexArgument(operand.concrete, limit: target.count)
                guard position < target.count else {
                    throw Failure("reflect: \(target.kind == .string ? "string" : "slice") index out of range")
                }
                item = target.element(at: position)
            case .map:
                let key = try prepare(operand.concrete, as: .type(target.type.keyType))
                item = target.entry(forKey: key.concrete) ?? target.type.elementType.zero
            default: throw Failure("can't index item of type \(target.pointeeTypeName)")
            }
        }
        return item
    }

    /// An index of up to `limit`.
    private static func indexArgument(_ slot: Slot, limit: Int) throws(Failure) -> Int {
        let value: Int64
        switch slot.kind {
        case .int: value = slot.intValue
        case .uint: value = Int64(truncatingIfNeeded: slot.uintValue)
        case .invalid: throw Failure("cannot index slice/array with nil")
        default: throw Failure("cannot index slice/array with type \(slot.typeName)")
        }
        guard value >= 0, value <= Int64(limit) else { throw Failure("index out of range: \(value)") }
        return Int(value)
    }

    /// The value as one of the parameter's type; integers of other sizes are converted.
    static func prepare(_ slot: Slot, as parameter: TemplateFunction.Parameter) throws(Failure) -> Slot {
        guard case .type(let type) = parameter else { return slot }
        var value = slot
        if slot.isInvalid {
            guard type.canBeNil else { throw Failure("value is nil; should be of type \(type.description)") }
            value = type.zero
        }
        if value.type.isAssignable(to: type) { return value }
        switch (value.kind, type.kind) {
        case (.int, .int): return converted(.int(value.intValue), to: type)
        case (.int, .uint): return converted(.uint(UInt64(bitPattern: value.intValue)), to: type)
        case (.uint, .int): return converted(.int(Int64(bitPattern: value.uintValue)), to: type)
        case (.uint, .uint): return converted(.uint(value.uintValue), to: type)
        default: throw Failure("value has type \(value.typeName); should be \(type.description)")
        }
    }

    private static func converted(_ payload: TypedValue.Payload, to type: GoType) -> Slot {
        if type == .int, case .int(let value) = payload { return Slot(.int(Int(value))) }
        return Slot(.typed(TypedValue(type, payload)))
    }

    static func slice(_ operands: [Slot]) throws(Failure) -> Slot {
        guard let first = operands.first, !first.isNone else { throw Failure("slice of untyped nil") }
        let item = first.concrete
        let indexes = operands.dropFirst()
        guard indexes.count <= 3 else { throw Failure("too many slice indexes: \(indexes.count)") }
        switch item.kind {
        case .string: if indexes.count == 3 { throw Failure("cannot 3-index slice a string") }
        case .array, .slice: break
        default: throw Failure("can't slice item of type \(item.typeName)")
        }
        var bounds = [0, item.count, 0]
        for (position, index) in indexes.enumerated() {
            bounds[position] = try indexArgument(index, limit: item.count)
        }
        guard bounds[0] <= bounds[1] else { throw Failure("invalid slice index: \(bounds[0]) > \(bounds[1])") }
        if indexes.count == 3, bounds[1] > bounds[2] {
            throw Failure("invalid slice index: \(bounds[1]) > \(bounds[2])")
        }
        return cut(item, bounds[0]..<bounds[1])
    }

    private static func cut(_ item: Slot, _ range: Range<Int>) -> Slot {
        switch item.value {
        case .string(let text): return Slot(.string(GoString(bytes: Array(text.bytes[range]))))
        case .list(let list): return Slot(.list(Array(list[range])))
        case .typed(let typed):
            let payload: TypedValue.Payload
            switch typed.payload {
            case .string(let text): payload = .string(GoString(bytes: Array(text.bytes[range])))
            case .elements(let elements): payload = .elements(Array(elements[range]))
            case .bytes(let bytes): payload = .bytes(Array(bytes[range]))
            default: payload = typed.payload
            }
            var type = typed.type
            if case .array(_, let element) = type.underlying { type = .slice(element) }
            return Slot(.typed(TypedValue(type, payload)))
        default: return item
        }
    }

    static func length(_ item: Slot) throws(Failure) -> Slot {
        let (target, isNil) = item.indirected()
        if isNil { throw Failure("len of nil pointer") }
        switch target.kind {
        case .array, .map, .slice, .string: return Slot(.int(target.count))
        case .invalid: throw Failure("reflect: call of reflect.Value.Type on zero Value")
        default: throw Failure("len of type \(target.pointeeTypeName)")
        }
    }
}
