// SPDX-License-Identifier: Apache-2.0
import GoTemplate

extension TemplateFunctions {
    /// The builtins and the helper functions that Go's own tests of text/template install.
    static let upstreamHelpers = builtins.adding([
        "add": TemplateFunction([.int], isVariadic: true, returning: .int) { values throws(TemplateFunction.Failure) in
            .int(
                values.reduce(0) { sum, value in
                    if case .int(let int) = value { return sum &+ int }
                    return sum
                })
        },
        "contains": TemplateFunction([.string, .string], returning: .bool) { values throws(TemplateFunction.Failure) in
            .bool(text(values[0]).contains(text(values[1])))
        },
        "dddArg": TemplateFunction([.int, .string], isVariadic: true, returning: .string) {
            values throws(TemplateFunction.Failure) in
            guard case .int(let int) = values[0] else { return .null }
            return .string("\(int) [\(values.dropFirst().map(text).joined(separator: " "))]\n")
        },
        "die": TemplateFunction([], returning: .bool) { _ throws(TemplateFunction.Failure) in
            throw TemplateFunction.Failure("die")
        },
        "echo": TemplateFunction([.interface], returning: .interface) { values throws(TemplateFunction.Failure) in
            values[0]
        },
        "makemap": TemplateFunction([.string], isVariadic: true, returning: .map(key: .string, value: .string)) {
            values throws(TemplateFunction.Failure) in
            guard values.count % 2 == 0 else { throw TemplateFunction.Failure("bad makemap") }
            let entries = stride(from: 0, to: values.count, by: 2).map { index in
                TypedValue.Entry(key: values[index], value: values[index + 1])
            }
            return .typed(TypedValue(.map(key: .string, value: .string), .entries(entries)))
        },
        "mapOfThree": TemplateFunction([], returning: .interface) { _ throws(TemplateFunction.Failure) in
            let entry = TypedValue.Entry(key: .string("three"), value: .int(3))
            return .typed(TypedValue(.map(key: .string, value: .int), .entries([entry])))
        },
        "oneArg": TemplateFunction([.string], returning: .string) { values throws(TemplateFunction.Failure) in
            .string("oneArg=" + text(values[0]))
        },
        "returnInt": TemplateFunction([], returning: .int) { _ throws(TemplateFunction.Failure) in .int(7) },
        "twoArgs": TemplateFunction([.string, .string], returning: .string) {
            values throws(TemplateFunction.Failure) in
            .string("twoArgs=" + text(values[0]) + text(values[1]))
        },
        "typeOf": TemplateFunction([.interface], returning: .string) { values throws(TemplateFunction.Failure) in
            .string(values[0].goType?.description ?? "<nil>")
        },
        "valueString": TemplateFunction([.string], returning: .string) { _ throws(TemplateFunction.Failure) in
            .string("value is ignored")
        },
        "zeroArgs": TemplateFunction([], returning: .string) { _ throws(TemplateFunction.Failure) in
            .string("zeroArgs")
        },
    ])

    private static func text(_ value: TemplateValue) -> String {
        if case .string(let string) = value { return string.string }
        return ""
    }
}
