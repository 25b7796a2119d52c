// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate

extension TemplateValue {
    /// What Go's decoder makes of JSON for a variable of `type`: members without a field are dropped, fields without a
    /// member and what does not fit are zero.
    /// - Parameter text: what is to be shown of a string.
    init(_ json: JSONValue, as type: GoType, text: (String) -> String) {
        if let special = Self.special(json, as: type, text: text) {
            self = special
            return
        }
        switch type.underlying {
        case .string: self = Self.wrap(.string(GoString(text(json.text))), type)
        case .bool: self = Self.wrap(.bool(json == .bool(true)), type)
        case .int, .int8, .int16, .int32, .int64: self = Self.wrap(.int(json.number() ?? 0), type)
        case .uint, .uint8, .uint16, .uint32, .uint64, .uintptr: self = Self.wrap(.uint(json.number() ?? 0), type)
        case .structure(let fields):
            self = .typed(TypedValue(type, .fields(fields.map { Self.field($0, of: json, text: text) })))
        case .pointer(let pointee):
            self = Self.unlessNull(json, type) { .pointer(TemplateValue(json, as: pointee, text: text)) }
        case .slice(let element), .array(_, let element):
            self = Self.unlessNull(json, type) {
                .elements(json.elements.map { TemplateValue($0, as: element, text: text) })
            }
        case .map(let key, let value):
            self = Self.unlessNull(json, type) {
                .entries(
                    json.members.map { member in
                        TypedValue.Entry(
                            key: TemplateValue(.string(member.name), as: key, text: text),
                            value: TemplateValue(member.value, as: value, text: text))
                    })
            }
        default: self = TemplateValue(json: json, text: text)
        }
    }

    private static func field(_ field: GoType.Field, of json: JSONValue, text: (String) -> String) -> TemplateValue {
        // An embedded struct reads from the same object.
        let member = field.isEmbedded ? json : field.jsonName.flatMap { json[$0] } ?? .null
        return TemplateValue(member, as: field.type, text: text)
    }

    private static func unlessNull(
        _ json: JSONValue, _ type: GoType, _ payload: () -> TypedValue.Payload
    ) -> TemplateValue {
        .typed(TypedValue(type, json == .null ? .null : payload()))
    }

    /// A value of a basic type, or of one defined from it.
    private static func wrap(_ payload: TypedValue.Payload, _ type: GoType) -> TemplateValue {
        switch (type, payload) {
        case (.string, .string(let value)): .string(value)
        case (.bool, .bool(let value)): .bool(value)
        case (.int, .int(let value)): .int(Int(value))
        default: .typed(TypedValue(type, payload))
        }
    }

    /// Types with methods that show.
    private static func special(_ json: JSONValue, as type: GoType, text: (String) -> String) -> TemplateValue? {
        switch type {
        case .time:
            return .time((try? Timestamp.parse(rfc3339: json.text))?.time ?? .zero)
        case .duration:
            return .duration(nanoseconds: json.number() ?? 0)
        case .port:
            let port = text(json.text)
            return .typed(TypedValue(type, .string(GoString(port))) { portMethod($0, of: port) })
        case .pointer(.named("units.Ulimit", _)) where json != .null:
            let limit = "\(json["Name"]?.text ?? "")=\(json["Soft"]?.number() ?? 0):\(json["Hard"]?.number() ?? 0)"
            let target = TemplateValue(json, as: type.pointee, text: text)
            return .typed(TypedValue(type, .pointer(target), text: GoString(limit)))
        default: return nil
        }
    }

    /// The methods of `nat.Port`, which is written 80/tcp; without a protocol it is tcp.
    private static func portMethod(_ name: String, of port: String) -> TemplateMember? {
        let parts = port.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let number = String(parts.first ?? "")
        switch name {
        case "Port": return .method(.string(number))
        case "Int": return .method(.int(Int(number) ?? 0))
        case "Proto": return .method(.string(parts.count > 1 ? String(parts[1]) : "tcp"))
        default: return nil
        }
    }
}

extension GoType {
    fileprivate var pointee: GoType {
        if case .pointer(let pointee) = self { return pointee }
        return self
    }
}

extension JSONValue {
    fileprivate var text: String {
        if case .string(let text) = self { return text }
        return ""
    }

    fileprivate var elements: [JSONValue] {
        if case .array(let elements) = self { return elements }
        return []
    }

    fileprivate var members: [Member] {
        if case .object(let members) = self { return members }
        return []
    }

    fileprivate func number<Number: FixedWidthInteger>() -> Number? {
        if case .number(let literal) = self { return Number(literal) }
        return nil
    }
}
