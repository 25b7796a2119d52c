// SPDX-License-Identifier: Apache-2.0

/// The builtins eq, ne, lt, le, gt and ge.
enum Comparison {
    typealias Failure = TemplateFunction.Failure

    private static let invalidType = Failure("invalid type for comparison")
    private static let incompatible = Failure("incompatible types for comparison")

    private static func isBasic(_ kind: GoKind) -> Bool {
        switch kind {
        case .bool, .int, .uint, .float, .complex, .string: true
        default: false
        }
    }

    /// Equality of two values of the same basic kind.
    static func areEqualBasic(_ left: Slot, _ right: Slot) -> Bool {
        switch left.kind {
        case .bool: left.boolValue == right.boolValue
        case .int: left.intValue == right.intValue
        case .uint: left.uintValue == right.uintValue
        case .float: left.floatValue == right.floatValue
        case .complex: left.complexValue == right.complexValue
        case .string: left.stringValue == right.stringValue
        default: false
        }
    }

    /// Whether the first operand equals any of the others.
    static func equal(_ operands: [Slot]) throws(Failure) -> Bool {
        guard operands.count > 1 else { throw Failure("missing argument for comparison") }
        let first = operands[0].concrete
        for operand in operands.dropFirst() {
            if try isEqual(first, operand.concrete) { return true }
        }
        return false
    }

    private static func isEqual(_ left: Slot, _ right: Slot) throws(Failure) -> Bool {
        switch (left.kind, right.kind) {
        // Integers compare whatever their signs.
        case (.int, .uint): return left.intValue >= 0 && UInt64(left.intValue) == right.uintValue
        case (.uint, .int): return right.intValue >= 0 && left.uintValue == UInt64(right.intValue)
        case (let first, let second) where isBasic(first) || isBasic(second):
            if first == second { return areEqualBasic(left, right) }
            if left.isNone || right.isNone { return false }
            throw incompatible
        default: return try isEqualComposite(left, right)
        }
    }

    private static func isEqualComposite(_ left: Slot, _ right: Slot) throws(Failure) -> Bool {
        guard left.kind == right.kind || left.isNone || right.isNone else {
            let (first, second) = (describe(left, "s"), describe(right, "v"))
            throw Failure("non-comparable types \(first): \(left.typeName), \(right.typeName): \(second)")
        }
        if left.isNil || right.isNil { return left.isNil == right.isNil }
        guard right.type.isComparable else {
            throw Failure("non-comparable type \(describe(right, "s")): \(right.typeName)")
        }
        return isIdentical(left, right)
    }

    /// Go's `==` on interfaces: same type and same value; pointers are never the same here.
    private static func isIdentical(_ left: Slot, _ right: Slot) -> Bool {
        guard left.kind == right.kind, left.type == right.type else { return false }
        switch left.kind {
        case .structure:
            let pairs = zip(left.fields, right.fields)
            return pairs.allSatisfy { isIdentical($0.slot.concrete, $1.slot.concrete) }
        case .array:
            return left.count == right.count
                && (0..<left.count).allSatisfy {
                    isIdentical(left.element(at: $0).concrete, right.element(at: $0).concrete)
                }
        case .pointer:
            if case .typed(let first) = left.value, case .typed(let second) = right.value { return first === second }
            return false
        case .invalid: return true
        default: return areEqualBasic(left, right)
        }
    }

    private static func describe(_ slot: Slot, _ verb: String) -> String {
        var formatter = GoFormatter(limit: 1 << 16)
        formatter.printf("%" + verb, [slot])
        return String(decoding: formatter.output, as: UTF8.self)
    }

    static func isLess(_ operands: [Slot]) throws(Failure) -> Bool {
        guard operands.count == 2 else { throw invalidType }
        let (left, right) = (operands[0].concrete, operands[1].concrete)
        guard isBasic(left.kind), isBasic(right.kind) else { throw invalidType }
        switch (left.kind, right.kind) {
        case (.int, .uint): return left.intValue < 0 || UInt64(left.intValue) < right.uintValue
        case (.uint, .int): return right.intValue >= 0 && left.uintValue < UInt64(right.intValue)
        case (.int, .int): return left.intValue < right.intValue
        case (.uint, .uint): return left.uintValue < right.uintValue
        case (.float, .float): return left.floatValue < right.floatValue
        case (.string, .string): return left.stringValue < right.stringValue
        case (.bool, .bool), (.complex, .complex): throw invalidType
        default: throw incompatible
        }
    }

    static func isLessOrEqual(_ operands: [Slot]) throws(Failure) -> Bool {
        if try isLess(operands) { return true }
        return try equal(operands)
    }
}
