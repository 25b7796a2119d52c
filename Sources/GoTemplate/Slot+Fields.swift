// SPDX-License-Identifier: Apache-2.0

extension Slot {
    /// The fields of a struct with their values.
    var fields: [(field: GoType.Field, slot: Slot)] {
        guard case .typed(let typed) = value, case .fields(let values) = typed.payload,
            case .structure(let fields) = typed.type.underlying
        else { return [] }
        return zip(fields, values).map { ($0, Slot($1, isInterface: $0.type.kind == .interface)) }
    }

    /// The field that Go's selectors find: the struct's own first, then those of embedded structs, level by level.
    func field(_ name: String) -> Slot? {
        var level = fields
        while !level.isEmpty {
            if let found = level.first(where: { $0.field.name == name }) { return found.slot }
            level = level.filter(\.field.isEmbedded).flatMap { $0.slot.indirected().slot.fields }
        }
        return nil
    }
}

extension GoType {
    /// Whether Go's selectors find a field in the struct.
    func hasField(_ name: String) -> Bool {
        guard case .structure(let fields) = underlying else { return false }
        return fields.contains { field in
            guard field.name != name else { return true }
            let type = field.type
            return field.isEmbedded && (type.kind == .pointer ? type.elementType : type).hasField(name)
        }
    }
}
