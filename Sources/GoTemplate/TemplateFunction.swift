// SPDX-License-Identifier: Apache-2.0

/// A function that templates can call, with Go's parameter types: arguments are checked against them before the call.
public struct TemplateFunction: Sendable {
    /// The error that a function returns; its text follows `error calling NAME: `.
    public struct Failure: Error, Sendable {
        public let message: String

        public init(_ message: String) {
            self.message = message
        }
    }

    public typealias Body = @Sendable ([TemplateValue]) throws(Failure) -> TemplateValue

    /// How the evaluator calls the function.
    enum Call: Sendable {
        case values(Body)
        /// A builtin that sees interfaces, as functions of reflect.Value do in Go.
        case slots(@Sendable ([Slot], TemplateOptions.Limits) throws(Failure) -> Slot)
        case and, or
        /// The builtin `call`.
        case call
    }

    let parameters: [Parameter]
    let isVariadic: Bool
    let result: GoType
    let call: Call

    enum Parameter: Hashable, Sendable {
        case type(GoType)
        /// Anything, without conversion to an interface.
        case reflectValue
    }

    /// A function of `parameters`; when it is variadic the last one is the type of each further argument.
    public init(_ parameters: [GoType], isVariadic: Bool = false, returning result: GoType, body: @escaping Body) {
        self.parameters = parameters.map { .type($0) }
        self.isVariadic = isVariadic
        self.result = result
        self.call = .values(body)
    }

    init(_ parameters: [Parameter], isVariadic: Bool, returning result: GoType, call: Call) {
        self.parameters = parameters
        self.isVariadic = isVariadic
        self.result = result
        self.call = call
    }

    /// The parameter that takes the argument at `index`.
    func parameter(at index: Int) -> Parameter {
        parameters.isEmpty ? .reflectValue : parameters[min(index, parameters.count - 1)]
    }

    /// The function's type in Go syntax.
    var goSignature: String {
        var names = parameters.map { parameter in
            if case .type(let type) = parameter { return type.description }
            return "reflect.Value"
        }
        if isVariadic, let last = names.popLast() { names.append("..." + last) }
        return "func(" + names.joined(separator: ", ") + ") " + result.description
    }
}
