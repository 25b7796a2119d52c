// SPDX-License-Identifier: Apache-2.0
import GoTemplate

/// Collects the fields of a Go struct in their order.
struct StructBuilder {
    private var fields: [(GoType.Field, TemplateValue)] = []

    /// Adds a field. `json` is its name in JSON; a field that `omitsEmpty` is left out there when it has no value.
    mutating func add(_ name: String, _ value: TemplateValue, json: String? = nil, omitsEmpty: Bool = false) {
        let type = value.goType ?? .interface
        fields.append((GoType.Field(name, type, jsonName: json ?? name, omitsEmpty: omitsEmpty), value))
    }

    mutating func add(_ name: String, _ text: String, json: String? = nil, omitsEmpty: Bool = false) {
        add(name, .string(text), json: json, omitsEmpty: omitsEmpty)
    }

    /// The struct, of the defined type `name`.
    func value(_ name: String) -> TemplateValue {
        .structure(fields, name: name)
    }
}
