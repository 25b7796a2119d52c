// SPDX-License-Identifier: Apache-2.0

/// Calls of functions and methods.
extension Evaluator {
    /// Calls `function`; errors that it returns are reported at `node`.
    mutating func call(
        _ function: TemplateFunction, name: String, node: Node.ID, arguments: ArraySlice<Node.ID>, final: Slot?
    ) throws(TemplateError) -> Slot {
        try checkCount(of: function, name: name, arguments: arguments.count, hasFinal: final != nil)
        let fixed = function.isVariadic ? function.parameters.count - 1 : arguments.count
        switch function.call {
        case .and: return try evaluateLogic(arguments, final, stopAt: false)
        case .or: return try evaluateLogic(arguments, final, stopAt: true)
        default: break
        }
        var slots: [Slot] = []
        slots.reserveCapacity(arguments.count + 1)
        for (index, argument) in arguments.enumerated() {
            slots.append(try evaluateArgument(argument, as: function.parameter(at: index)))
        }
        if let final {
            let position = !function.isVariadic || slots.count < fixed ? slots.count : function.parameters.count - 1
            slots.append(try validate(final, as: function.parameter(at: position)))
        }
        try chargeOperands(slots)
        let result: Slot
        do throws(TemplateFunction.Failure) {
            result = try invoke(function, slots, of: arguments.first)
        } catch {
            self.node = node
            throw failure("error calling \(name): \(error.message)")
        }
        try chargeResult(result, of: node)
        return result
    }

    private func checkCount(
        of function: TemplateFunction, name: String, arguments: Int, hasFinal: Bool
    ) throws(TemplateError) {
        let given = arguments + (hasFinal ? 1 : 0)
        let declared = function.parameters.count
        if function.isVariadic {
            guard given < declared - 1 else { return }
            throw failure("wrong number of args for \(name): want at least \(declared - 1) got \(arguments)")
        }
        guard given != declared else { return }
        throw failure("wrong number of args for \(name): want \(declared) got \(given)")
    }

    /// `and` and `or`: arguments are only evaluated until one decides.
    private mutating func evaluateLogic(
        _ arguments: ArraySlice<Node.ID>, _ final: Slot?, stopAt decisive: Bool
    ) throws(TemplateError) -> Slot {
        var value = Slot.missing
        for argument in arguments {
            value = try evaluateArgument(argument, as: .reflectValue)
            if value.truth == decisive { return value }
        }
        return final ?? value
    }

    /// `node` is the first argument, unless that came through a pipe.
    private func invoke(
        _ function: TemplateFunction, _ slots: [Slot], of node: Node.ID?
    ) throws(TemplateFunction.Failure) -> Slot {
        switch function.call {
        case .values(let body):
            return Slot(try body(slots.map(\.value)), isInterface: function.result.kind == .interface)
        case .slots(let body): return try body(slots, options.limits)
        case .call: return try invokeValue(slots, of: node)
        case .and, .or: return .missing
        }
    }

    /// The builtin `call`: the first argument is the function.
    private func invokeValue(_ slots: [Slot], of node: Node.ID?) throws(TemplateFunction.Failure) -> Slot {
        guard let first = slots.first, !first.isNone else { throw .init("call of nil") }
        guard case .function(let function) = first.value else {
            let name = node.map(set.text(of:)) ?? Self.reflected(first.concrete)
            throw .init("non-function \(name) of type \(first.concrete.typeName)")
        }
        let arguments = slots.dropFirst().map(\.concrete)
        let declared = function.parameters.count
        if function.isVariadic, arguments.count < declared - 1 {
            throw .init("wrong number of args: got \(arguments.count) want at least \(declared - 1)")
        }
        if !function.isVariadic, arguments.count != declared {
            throw .init("wrong number of args: got \(arguments.count) want \(declared)")
        }
        var prepared: [Slot] = []
        for (index, argument) in arguments.enumerated() {
            do throws(TemplateFunction.Failure) {
                prepared.append(try Indexing.prepare(argument, as: function.parameter(at: index)))
            } catch {
                throw .init("arg \(index): \(error.message)")
            }
        }
        return try invoke(function, prepared, of: nil)
    }

    /// What reflect.Value.String gives.
    private static func reflected(_ slot: Slot) -> String {
        slot.kind == .string
            ? String(decoding: slot.stringValue.bytes, as: UTF8.self) : "<\(slot.typeName) Value>"
    }

    /// Long operands take time even where the result is short.
    private mutating func chargeOperands(_ slots: [Slot]) throws(TemplateError) {
        for slot in slots {
            if case .string(let text) = slot.value, text.bytes.count >= Self.bytesPerStep {
                try charge(text.bytes.count / Self.bytesPerStep)
            }
        }
    }

    private mutating func chargeResult(_ result: Slot, of node: Node.ID) throws(TemplateError) {
        switch result.value {
        case .string(let text):
            guard text.bytes.count <= options.limits.valueBytes else {
                self.node = node
                throw failure("exceeded maximum size of a value (\(options.limits.valueBytes) bytes)")
            }
            try charge(text.bytes.count / Self.bytesPerStep)
        case .typed, .list: try charge(result.count)
        default: break
        }
    }

    /// Bytes that count as one step.
    private static var bytesPerStep: Int { 64 }
}
