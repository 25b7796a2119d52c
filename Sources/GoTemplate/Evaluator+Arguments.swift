// SPDX-License-Identifier: Apache-2.0

/// Arguments of calls, checked against the parameters' types.
extension Evaluator {
    /// The value of an argument as `parameter`; nil takes any type (the receiver of a chain).
    mutating func evaluateArgument(
        _ argument: Node.ID, as parameter: TemplateFunction.Parameter?
    ) throws(TemplateError) -> Slot {
        node = argument
        // The value comes first: evaluating it moves `node`, which validation reports.
        let value: Slot
        switch set.nodes[argument] {
        case .dot: value = dot
        case .null: return try null(as: parameter)
        case .field(let names):
            value = try evaluateFields(names, of: dot, node: argument, arguments: [], final: nil)
        case .variable: value = try evaluateVariable(argument, arguments: [], final: nil)
        case .pipe: value = try evaluatePipeline(argument)
        case .identifier(let name, let function):
            value = try call(function, name: name, node: argument, arguments: [], final: nil)
        case .chain: value = try evaluateChain(argument, arguments: [], final: nil)
        default:
            guard case .type(let type)? = parameter, type.kind != .interface else {
                return try emptyInterface(argument)
            }
            return try constant(argument, as: type)
        }
        return try validate(value, as: parameter)
    }

    private func null(as parameter: TemplateFunction.Parameter?) throws(TemplateError) -> Slot {
        guard case .type(let type)? = parameter else { return .missing }
        guard type.canBeNil else { throw failure("cannot assign nil to " + type.description) }
        return type.zero
    }

    /// A literal where any type will do.
    private mutating func emptyInterface(_ argument: Node.ID) throws(TemplateError) -> Slot {
        switch set.nodes[argument] {
        case .bool(let value): return Slot(.bool(value))
        case .number(let constant): return try idealConstant(constant, of: argument)
        case .string(let text, _): return Slot(.string(text))
        default:
            let text = set.text(of: argument)
            throw failure("can't handle assignment of \(text) to empty interface argument")
        }
    }

    /// A literal as a value of a basic type.
    private func constant(_ argument: Node.ID, as type: GoType) throws(TemplateError) -> Slot {
        let expected: String
        switch (type.kind, set.nodes[argument]) {
        case (.bool, .bool(let value)): return convert(.bool(value), to: type)
        case (.string, .string(let text, _)): return convert(.string(text), to: type)
        case (.int, .number(let number)) where number.int != nil: return convert(.int(number.int ?? 0), to: type)
        case (.uint, .number(let number)) where number.uint != nil:
            return convert(.uint(number.uint ?? 0), to: type)
        case (.float, .number(let number)) where number.float != nil:
            return convert(.float(number.float ?? 0), to: type)
        case (.complex, .number(let number)) where number.complex != nil:
            let parts = number.complex ?? (0, 0)
            return convert(.complex(real: parts.real, imaginary: parts.imaginary), to: type)
        case (.bool, _): expected = "bool"
        case (.string, _): expected = "string"
        case (.int, _): expected = "integer"
        case (.uint, _): expected = "unsigned integer"
        case (.float, _): expected = "float"
        case (.complex, _): expected = "complex"
        default: throw failure("can't handle \(set.text(of: argument)) for arg of type \(type.description)")
        }
        throw failure("expected \(expected); found " + set.text(of: argument))
    }

    private func convert(_ payload: TypedValue.Payload, to type: GoType) -> Slot {
        switch (type, payload) {
        case (.bool, .bool(let value)): Slot(.bool(value))
        case (.int, .int(let value)): Slot(.int(Int(value)))
        case (.float64, .float(let value)): Slot(.float(value))
        case (.string, .string(let value)): Slot(.string(value))
        default: Slot(.typed(TypedValue(type, payload)))
        }
    }

    /// The value, made assignable to the parameter's type if that is possible.
    func validate(_ slot: Slot, as parameter: TemplateFunction.Parameter?) throws(TemplateError) -> Slot {
        guard case .type(let type)? = parameter else { return slot }
        if slot.isInvalid {
            guard type.canBeNil else { throw failure("invalid value; expected " + type.description) }
            return type.zero
        }
        if slot.type.isAssignable(to: type) { return slot }
        var value = slot
        if slot.isInterface, !slot.isNone {
            value = slot.concrete
            if value.type.isAssignable(to: type) { return value }
        }
        if case .typed(let typed) = value.value, case .pointer(let pointee) = typed.type.underlying,
            pointee.isAssignable(to: type)
        {
            guard case .pointer(let target) = typed.payload else {
                throw failure("dereference of nil pointer of type " + type.description)
            }
            return Slot(target)
        }
        throw failure("wrong type for value; expected \(type.description); got \(value.typeName)")
    }
}
