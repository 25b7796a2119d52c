// SPDX-License-Identifier: Apache-2.0

/// A JSON value that keeps what Go's and docker's bytes depend on: the order of members, duplicate names, and numbers
/// as they were written.
public indirect enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The literal text of a JSON number; use `.integer` and `.double` to make one.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// One `"name": value` of an object.
    public struct Member: Hashable, Sendable {
        public var name: String
        public var value: JSONValue

        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    public static func integer(_ value: some BinaryInteger) -> JSONValue {
        .number(String(value))
    }

    /// The number as Go prints it; `null` for NaN and infinities, which JSON cannot hold.
    public static func double(_ value: Double) -> JSONValue {
        GoFloat.json(value).map(JSONValue.number) ?? .null
    }

    /// An object with its names sorted, as Go prints a map.
    public static func map(_ values: [String: String]) -> JSONValue {
        let names = values.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return .object(names.map { Member($0, .string(values[$0] ?? "")) })
    }

    /// The value of a member of an object; the last one when the name is repeated, as in Go.
    public subscript(_ name: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members.last { $0.name == name }?.value
    }

    /// The value with the members of every object sorted by name, as Go prints maps; a repeated name keeps its last
    /// value.
    public func sortingNames() -> JSONValue {
        switch self {
        case .array(let elements): return .array(elements.map { $0.sortingNames() })
        case .object(let members):
            let last = Dictionary(members.map { ($0.name, $0.value) }) { _, later in later }
            let names = last.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            return .object(names.map { Member($0, last[$0]?.sortingNames() ?? .null) })
        default: return self
        }
    }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}
