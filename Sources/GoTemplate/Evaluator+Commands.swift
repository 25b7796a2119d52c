// SPDX-License-Identifier: Apache-2.0

/// Pipelines, commands and fields.
extension Evaluator {
    /// The value of a pipeline, taken out of its interface; variables that it declares are pushed.
    mutating func evaluatePipeline(_ pipe: Node.ID) throws(TemplateError) -> Slot {
        guard case .pipe(let declarations, let isAssignment, let commands) = set.nodes[pipe] else { return .missing }
        node = pipe
        var value: Slot?
        for command in commands {
            value = try evaluateCommand(command, final: value).concrete
        }
        let result = value ?? .missing
        for declaration in declarations {
            if isAssignment {
                try setVariable(declaration, to: result)
            } else {
                variables.append(Variable(number: declaration, slot: result))
            }
        }
        return result
    }

    /// `final` is the value of the preceding command, which becomes the last argument.
    private mutating func evaluateCommand(_ command: Node.ID, final: Slot?) throws(TemplateError) -> Slot {
        guard case .command(let operands) = set.nodes[command], let first = operands.first else { return .missing }
        let arguments = operands.dropFirst()
        switch set.nodes[first] {
        case .field(let names):
            node = first
            return try evaluateFields(names, of: dot, node: first, arguments: arguments, final: final)
        case .chain: return try evaluateChain(first, arguments: arguments, final: final)
        case .identifier(let name, let function):
            node = first
            return try call(function, name: name, node: command, arguments: arguments, final: final)
        case .pipe:
            try rejectArguments(arguments, final, of: first)
            return try evaluatePipeline(first)
        case .variable: return try evaluateVariable(first, arguments: arguments, final: final)
        default:
            node = first
            try rejectArguments(arguments, final, of: first)
            return try literal(first)
        }
    }

    private func rejectArguments(
        _ arguments: ArraySlice<Node.ID>, _ final: Slot?, of operand: Node.ID
    ) throws(TemplateError) {
        guard !arguments.isEmpty || final != nil else { return }
        throw failure("can't give argument to non-function " + set.text(of: operand))
    }

    private mutating func literal(_ operand: Node.ID) throws(TemplateError) -> Slot {
        switch set.nodes[operand] {
        case .bool(let value): return Slot(.bool(value))
        case .dot: return dot
        case .null: throw failure("nil is not a command")
        case .number(let constant): return try idealConstant(constant, of: operand)
        case .string(let text, _): return Slot(.string(text))
        default: throw failure("can't evaluate command " + set.text(of: operand))
        }
    }

    /// The value of a number where nothing says which type is wanted.
    mutating func idealConstant(_ constant: NumberConstant, of operand: Node.ID) throws(TemplateError) -> Slot {
        node = operand
        if let (real, imaginary) = constant.complex { return Slot(.complex(real: real, imaginary: imaginary)) }
        if constant.isWrittenAsFloat, let float = constant.float { return Slot(.float(float)) }
        if let int = constant.int { return Slot(.int(Int(int))) }
        throw failure(String(decoding: constant.text, as: UTF8.self) + " overflows int")
    }

    mutating func evaluateChain(
        _ chain: Node.ID, arguments: ArraySlice<Node.ID>, final: Slot?
    ) throws(TemplateError) -> Slot {
        guard case .chain(let operand, let names) = set.nodes[chain] else { return .missing }
        node = chain
        if case .null = set.nodes[operand] {
            throw failure("indirection through explicit nil in " + set.text(of: chain))
        }
        let receiver = try evaluateArgument(operand, as: nil)
        return try evaluateFields(names, of: receiver, node: chain, arguments: arguments, final: final)
    }

    mutating func evaluateVariable(
        _ operand: Node.ID, arguments: ArraySlice<Node.ID>, final: Slot?
    ) throws(TemplateError) -> Slot {
        guard case .variable(let number, let names) = set.nodes[operand] else { return .missing }
        node = operand
        let value = try variable(number)
        if names.isEmpty {
            try rejectArguments(arguments, final, of: operand)
            return value
        }
        return try evaluateFields(names, of: value, node: operand, arguments: arguments, final: final)
    }

    /// `.A.B.C`: only the last name gets the arguments.
    mutating func evaluateFields(
        _ names: [Node.Name], of receiver: Slot, node: Node.ID, arguments: ArraySlice<Node.ID>, final: Slot?
    ) throws(TemplateError) -> Slot {
        var value = receiver
        for (index, name) in names.enumerated() {
            let isLast = index == names.count - 1
            value = try evaluateField(
                name, of: value, node: node, arguments: isLast ? arguments : [], final: isLast ? final : nil)
        }
        return value
    }

    private mutating func evaluateField(
        _ name: Node.Name, of receiver: Slot, node: Node.ID, arguments: ArraySlice<Node.ID>, final: Slot?
    ) throws(TemplateError) -> Slot {
        if receiver.isInvalid {
            guard options.missingKey != .error else {
                throw failure("nil data; no entry for key " + GoQuote.quoted(name.bytes.bytes).string)
            }
            return .missing
        }
        let (target, isNil) = receiver.indirected()
        if isNil, target.isInterface {
            throw failure("nil pointer evaluating \(receiver.typeName).\(name.text)")
        }
        if case .typed(let typed) = target.value, let member = typed.methods?(name.text) {
            return try evaluateMember(member, name: name.text, node: node, arguments: arguments, final: final)
        }
        let hasArguments = !arguments.isEmpty || final != nil
        switch target.kind {
        case .map where GoType.string.isAssignable(to: target.type.keyType):
            if hasArguments { throw failure("\(name.text) is not a method but has arguments") }
            if let entry = target.entry(forKey: name.bytes) { return entry }
            return try missingEntry(name, of: target)
        case .structure, .pointer:
            if case .object(let object) = target.value {
                guard let member = object.member(name.text) else { break }
                return try evaluateMember(
                    member, name: name.text, node: node, arguments: arguments, final: final)
            }
            if let field = target.field(name.text) {
                if hasArguments { throw failure("\(name.text) has arguments but cannot be invoked as function") }
                return field
            }
            if isNil, !isStructWithout(name.text, target.type.elementType) {
                throw failure("nil pointer evaluating \(receiver.typeName).\(name.text)")
            }
        default: break
        }
        throw failure("can't evaluate field \(name.text) in type \(receiver.typeName)")
    }

    private func isStructWithout(_ name: String, _ type: GoType) -> Bool {
        type.kind == .structure && !type.hasField(name)
    }

    private func missingEntry(_ name: Node.Name, of map: Slot) throws(TemplateError) -> Slot {
        switch options.missingKey {
        case .noValue: return .missing
        case .zero: return map.type.elementType.zero
        case .error: throw failure("map has no entry for key " + GoQuote.quoted(name.bytes.bytes).string)
        }
    }

    private mutating func evaluateMember(
        _ member: TemplateMember, name: String, node: Node.ID, arguments: ArraySlice<Node.ID>, final: Slot?
    ) throws(TemplateError) -> Slot {
        let count = arguments.count + (final == nil ? 0 : 1)
        switch member {
        case .field(let value):
            if count > 0 { throw failure("\(name) has arguments but cannot be invoked as function") }
            return Slot(value)
        case .method(let value):
            if count > 0 { throw failure("wrong number of args for \(name): want 0 got \(count)") }
            return Slot(value)
        case .function(let function):
            return try call(function, name: name, node: node, arguments: arguments, final: final)
        }
    }
}
