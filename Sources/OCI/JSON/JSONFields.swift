// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// Reads the fields of an object with Go's rules: absent and null leave the zero value, a wrong type is an error.
struct JSONFields {
    /// Why a field can't be read.
    struct Failure: Error, Hashable {
        /// `layers[2].size`
        var path: String
        var reason: String
    }

    let members: [JSONValue.Member]
    let path: String

    init(_ value: JSONValue, path: String) throws(Failure) {
        guard case .object(let members) = value else { throw Failure(path: path, expected: "an object", value) }
        self.members = members
        self.path = path
    }

    /// The value of a field, where it is there and not null.
    func value(_ key: String) -> JSONValue? {
        let value = member(key)
        return value == .null ? nil : value
    }

    func string(_ key: String) throws(Failure) -> String? {
        guard let value = value(key) else { return nil }
        return try Self.string(value, path: path(key))
    }

    func bool(_ key: String) throws(Failure) -> Bool? {
        guard let value = value(key) else { return nil }
        guard case .bool(let bool) = value else { throw Failure(path: path(key), expected: "a boolean", value) }
        return bool
    }

    func integer(_ key: String) throws(Failure) -> Int64? {
        guard let value = value(key) else { return nil }
        guard case .number(let text) = value, let number = Int64(text) else {
            throw Failure(path: path(key), expected: "an integer of 64 bits", value)
        }
        return number
    }

    func fields(_ key: String) throws(Failure) -> JSONFields? {
        guard let value = value(key) else { return nil }
        return try JSONFields(value, path: path(key))
    }

    /// The elements of an array, each with its path.
    func array(_ key: String) throws(Failure) -> [(value: JSONValue, path: String)]? {
        guard let value = value(key) else { return nil }
        guard case .array(let elements) = value else { throw Failure(path: path(key), expected: "an array", value) }
        return elements.enumerated().map { ($0.element, "\(path(key))[\($0.offset)]") }
    }

    /// An array of strings; a null among them is an empty string, as in Go.
    func strings(_ key: String) throws(Failure) -> [String]? {
        guard let elements = try array(key) else { return nil }
        var result: [String] = []
        for element in elements {
            result.append(element.value == .null ? "" : try Self.string(element.value, path: element.path))
        }
        return result
    }

    /// A map of strings; the last of equal keys wins.
    func stringMap(_ key: String) throws(Failure) -> [String: String]? {
        guard let fields = try fields(key) else { return nil }
        var result: [String: String] = [:]
        for member in fields.members {
            let path = fields.path(member.name)
            result[member.name] = member.value == .null ? "" : try Self.string(member.value, path: path)
        }
        return result
    }

    /// The keys of a map to empty objects, as docker writes sets.
    func keySet(_ key: String) throws(Failure) -> Set<String>? {
        guard let fields = try fields(key) else { return nil }
        var result: Set<String> = []
        for member in fields.members {
            if member.value != .null { _ = try JSONFields(member.value, path: fields.path(member.name)) }
            result.insert(member.name)
        }
        return result
    }

    func path(_ key: String) -> String {
        path.isEmpty ? key : path + "." + key
    }

    static func string(_ value: JSONValue, path: String) throws(Failure) -> String {
        guard case .string(let text) = value else { throw Failure(path: path, expected: "a string", value) }
        return text
    }
}

extension JSONFields.Failure {
    init(path: String, expected: String, _ value: JSONValue) {
        self.init(path: path, reason: "expected \(expected), found \(Self.kind(value))")
    }

    private static func kind(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
