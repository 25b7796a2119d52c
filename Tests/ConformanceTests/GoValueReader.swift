// SPDX-License-Identifier: Apache-2.0
import GoTemplate

/// Turns the data of a case into a value, with `{"$go": TYPE, "v": VALUE}` for what JSON does not have.
struct GoValueReader {
    /// How numbers are read: as Go's int and float64 by their look, all as `float64`, or all as `jsonnumber`.
    let numbers: String?

    func value(_ json: LiteralJSON) -> TemplateValue {
        switch json {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .number(let text): return number(text)
        case .string(let text): return .string(text)
        case .array(let elements): return .list(elements.map(value))
        case .object(let members):
            if let type = json["$go"]?.string { return typed(type, json["v"] ?? .null) }
            return .map(TemplateMap(members.map { (GoString($0.key), value($0.value)) }))
        }
    }

    private func number(_ text: String) -> TemplateValue {
        if numbers == "jsonnumber" { return .jsonNumber(text) }
        if numbers != "float64", let int = Int(text) { return .int(int) }
        return .float(Double(text) ?? 0)
    }

    private func typed(_ type: String, _ json: LiteralJSON) -> TemplateValue {
        if type.hasPrefix("nil:") { return .null(of: goType(String(type.dropFirst(4)))) }
        if type.hasPrefix("*") { return .pointer(to: typed(String(type.dropFirst()), json)) }
        switch type {
        case "struct": return structure(json)
        case "duration": return .duration(nanoseconds: Int64(text(json)) ?? 0)
        case "[]byte": return .typed(TypedValue(.slice(.uint8), .bytes(Array(text(json).utf8))))
        case "map[string]struct{}": return map(.structure([]), json) { _ in .structure([]) }
        default: break
        }
        switch goType(type) {
        case .map(_, let element): return map(element, json) { typedElement(element, $0) }
        case .slice(let element):
            let elements = (json.array ?? []).map { typedElement(element, $0) }
            return .typed(TypedValue(.slice(element), .elements(elements)))
        case let basic: return typedElement(basic, json)
        }
    }

    private func typedElement(_ type: GoType, _ json: LiteralJSON) -> TemplateValue {
        switch type {
        case .int8, .int16, .int32, .int64: return .typed(TypedValue(type, .int(Int64(text(json)) ?? 0)))
        case .uint, .uint8, .uint16, .uint32, .uint64, .uintptr:
            return .typed(TypedValue(type, .uint(UInt64(text(json)) ?? 0)))
        case .float32: return .typed(TypedValue(type, .float(Double(text(json)) ?? 0)))
        case .float64: return .float(Double(text(json)) ?? 0)
        case .slice(let element):
            return .typed(TypedValue(type, .elements((json.array ?? []).map { typedElement(element, $0) })))
        default: return value(json)
        }
    }

    private func map(_ element: GoType, _ json: LiteralJSON, _ read: (LiteralJSON) -> TemplateValue) -> TemplateValue {
        guard case .object(let members) = json else { return .null(of: .map(key: .string, value: element)) }
        let entries = members.map { TypedValue.Entry(key: .string($0.key), value: read($0.value)) }
        return .typed(TypedValue(.map(key: .string, value: element), .entries(entries)))
    }

    private func structure(_ json: LiteralJSON) -> TemplateValue {
        let fields = (json.array ?? []).compactMap { pair -> (GoType.Field, TemplateValue)? in
            guard let parts = pair.array, parts.count == 2, let name = parts[0].string else { return nil }
            let value = value(parts[1])
            return (GoType.Field(name, value.goType ?? .interface), value)
        }
        return .structure(fields)
    }

    private func text(_ json: LiteralJSON) -> String {
        switch json {
        case .number(let text), .string(let text): text
        default: ""
        }
    }

    private func goType(_ text: String) -> GoType {
        let basic: [String: GoType] = [
            "bool": .bool, "string": .string, "int": .int, "int8": .int8, "int16": .int16, "int32": .int32,
            "int64": .int64, "uint": .uint, "uint8": .uint8, "byte": .uint8, "uint16": .uint16, "uint32": .uint32,
            "uint64": .uint64, "uintptr": .uintptr, "float32": .float32, "float64": .float64,
            "struct": .structure([]), "struct{}": .structure([]), "interface{}": .interface, "any": .interface,
            "duration": .named("time.Duration", .int64),
        ]
        if let type = basic[text] { return type }
        if text.hasPrefix("[]") { return .slice(goType(String(text.dropFirst(2)))) }
        if text.hasPrefix("*") { return .pointer(goType(String(text.dropFirst()))) }
        if text.hasPrefix("map[string]") {
            return .map(key: .string, value: goType(String(text.dropFirst("map[string]".count))))
        }
        return .interface
    }
}
