// SPDX-License-Identifier: Apache-2.0

/// The order in which Go visits and prints the keys of a map (internal/fmtsort).
enum KeyOrder {
    static func precedes(_ left: TemplateValue, _ right: TemplateValue) -> Bool {
        let (first, second) = (Slot(left), Slot(right))
        let (firstRank, secondRank) = (rank(first.kind), rank(second.kind))
        guard firstRank == secondRank else { return firstRank < secondRank }
        switch first.kind {
        case .bool: return !first.boolValue && second.boolValue
        case .int: return first.intValue < second.intValue
        case .uint: return first.uintValue < second.uintValue
        case .float: return first.floatValue < second.floatValue
        case .string: return first.stringValue < second.stringValue
        default: return false
        }
    }

    private static func rank(_ kind: GoKind) -> Int {
        switch kind {
        case .invalid: 0
        case .int: 1
        case .uint: 2
        case .string: 3
        case .float: 4
        case .complex: 5
        case .bool: 6
        default: 7
        }
    }
}
