// SPDX-License-Identifier: Apache-2.0

/// A `range` under way.
struct Loop {
    let collection: Slot
    /// Place of the loop's instruction.
    let range: Int
    let outerVariables: Int
    let outerDot: Slot
    var bodyVariables = 0
    var declarations: [Int] = []
    var isAssignment = false
    var count = 0
    var index = 0

    init(_ collection: Slot, range: Int, outerVariables: Int, outerDot: Slot) {
        self.collection = collection
        self.range = range
        self.outerVariables = outerVariables
        self.outerDot = outerDot
    }

    /// The key or index and the element of this iteration.
    var current: (key: Slot, element: Slot) {
        switch collection.kind {
        case .map:
            let entry = collection.entry(at: index)
            return (entry.key, entry.value)
        case .int, .uint: return (.missing, number)
        default: return (Slot(.int(index)), collection.element(at: index))
        }
    }

    /// The index in the type of the number that is iterated over.
    private var number: Slot {
        guard case .typed(let typed) = collection.value else { return Slot(.int(index)) }
        let payload: TypedValue.Payload = collection.kind == .int ? .int(Int64(index)) : .uint(UInt64(index))
        return Slot(.typed(TypedValue(typed.type, payload)))
    }
}
