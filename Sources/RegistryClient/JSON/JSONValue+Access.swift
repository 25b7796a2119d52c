// SPDX-License-Identifier: Apache-2.0

import DockerFormat

extension JSONValue {
    /// The member that Go's decoder would take for a field of that name: any case will do, and the last one wins.
    func field(_ name: String) -> JSONValue? {
        let lowered = name.lowercased()
        return members?.last { $0.name == name || $0.name.lowercased() == lowered }?.value
    }

    var members: [Member]? {
        guard case .object(let members) = self else { return nil }
        return members
    }

    var array: [JSONValue]? {
        guard case .array(let values) = self else { return nil }
        return values
    }

    var string: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var bool: Bool? {
        guard case .bool(let value) = self else { return nil }
        return value
    }

    var int: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
    }

    /// Members whose values are texts, as a map.
    var stringMap: [String: String] {
        var map: [String: String] = [:]
        for member in members ?? [] { map[member.name] = member.value.string }
        return map
    }
}
