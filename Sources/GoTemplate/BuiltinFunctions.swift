// SPDX-License-Identifier: Apache-2.0

/// Go's own functions.
enum BuiltinFunctions {
    typealias Failure = TemplateFunction.Failure
    private typealias SlotsBody = @Sendable ([Slot], TemplateOptions.Limits) throws(Failure) -> Slot

    static let table: [String: TemplateFunction] = [
        "and": TemplateFunction([.reflectValue, .reflectValue], isVariadic: true, returning: .interface, call: .and),
        "or": TemplateFunction([.reflectValue, .reflectValue], isVariadic: true, returning: .interface, call: .or),
        "call": TemplateFunction([.reflectValue, .reflectValue], isVariadic: true, returning: .interface, call: .call),
        "not": reflecting(1) { slots, _ throws(Failure) in Slot(.bool(!slots[0].truth)) },
        "len": reflecting(1) { slots, _ throws(Failure) in try Indexing.length(slots[0]) },
        "index": reflectingVariadic { slots, _ throws(Failure) in try Indexing.index(slots) },
        "slice": reflectingVariadic { slots, _ throws(Failure) in try Indexing.slice(slots) },
        "eq": reflectingVariadic { slots, _ throws(Failure) in Slot(.bool(try Comparison.equal(slots))) },
        "ne": reflecting(2) { slots, _ throws(Failure) in Slot(.bool(try !Comparison.equal(slots))) },
        "lt": reflecting(2) { slots, _ throws(Failure) in Slot(.bool(try Comparison.isLess(slots))) },
        "le": reflecting(2) { slots, _ throws(Failure) in Slot(.bool(try Comparison.isLessOrEqual(slots))) },
        "gt": reflecting(2) { slots, _ throws(Failure) in Slot(.bool(try !Comparison.isLessOrEqual(slots))) },
        "ge": reflecting(2) { slots, _ throws(Failure) in Slot(.bool(try !Comparison.isLess(slots))) },
        "print": printing { $0.print($1) },
        "println": printing { $0.printLine($1) },
        "printf": TemplateFunction(
            [.type(.string), .type(.interface)], isVariadic: true, returning: .string,
            call: .slots { slots, limits throws(Failure) in
                var formatter = GoFormatter(limit: limits.valueBytes)
                formatter.printf(slots[0].stringValue.bytes, slots.dropFirst().map(\.concrete))
                return Slot(.string(GoString(bytes: formatter.output)))
            }),
        "html": escaping(Escaping.html),
        "js": escaping(Escaping.javaScript),
        "urlquery": escaping(Escaping.urlQuery),
    ]

    private static func reflecting(_ count: Int, _ body: @escaping SlotsBody) -> TemplateFunction {
        let parameters = Array(repeating: TemplateFunction.Parameter.reflectValue, count: count)
        return TemplateFunction(parameters, isVariadic: false, returning: .interface, call: .slots(body))
    }

    /// One operand and any number of further ones.
    private static func reflectingVariadic(_ body: @escaping SlotsBody) -> TemplateFunction {
        TemplateFunction([.reflectValue, .reflectValue], isVariadic: true, returning: .interface, call: .slots(body))
    }

    private static func printing(
        _ body: @escaping @Sendable (inout GoFormatter, [Slot]) -> Void
    ) -> TemplateFunction {
        TemplateFunction(
            [.type(.interface)], isVariadic: true, returning: .string,
            call: .slots { slots, limits throws(Failure) in
                var formatter = GoFormatter(limit: limits.valueBytes)
                body(&formatter, slots.map(\.concrete))
                return Slot(.string(GoString(bytes: formatter.output)))
            })
    }

    /// Escapes its operands as Print would write them.
    private static func escaping(_ body: @escaping @Sendable ([UInt8]) -> [UInt8]) -> TemplateFunction {
        TemplateFunction(
            [.type(.interface)], isVariadic: true, returning: .string,
            call: .slots { slots, limits throws(Failure) in
                var formatter = GoFormatter(limit: limits.valueBytes)
                formatter.print(slots.map(\.concrete.printable))
                return Slot(.string(GoString(bytes: body(formatter.output))))
            })
    }
}
