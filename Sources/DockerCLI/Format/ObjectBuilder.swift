// SPDX-License-Identifier: Apache-2.0
import DockerFormat

/// Collects the members of a JSON object in their order.
struct ObjectBuilder {
    private var members: [JSONValue.Member] = []

    var value: JSONValue { .object(members) }
    var isEmpty: Bool { members.isEmpty }

    mutating func add(_ name: String, _ value: JSONValue) {
        members.append(JSONValue.Member(name, value))
    }

    /// Adds a text that is left out when it is empty.
    mutating func addText(_ name: String, _ text: String) {
        if !text.isEmpty { add(name, .string(text)) }
    }

    /// Adds a list; nil is null.
    mutating func add(_ name: String, _ list: [String]?) {
        add(name, list.map { .array($0.map { .string($0) }) } ?? .null)
    }

    /// Adds a set of keys as docker writes them: an object of empty objects; nil is null.
    mutating func add(_ name: String, keys: Set<String>?) {
        let sorted = keys?.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        add(name, sorted.map { .object($0.map { JSONValue.Member($0, .object([])) }) } ?? .null)
    }

    /// Adds an integer that is left out when it is 0.
    mutating func addNonzero(_ name: String, _ number: Int64) {
        if number != 0 { add(name, .integer(number)) }
    }
}
