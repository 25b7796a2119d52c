// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate

/// An object as `inspect` shows it.
struct InspectedObject: Sendable {
    /// The Go struct that docker's client decodes the object into; templates run on it first.
    var typed: TemplateValue
    /// The JSON that docker's engine sends, members in its order.
    var raw: JSONValue
    /// docker's client keeps no JSON of some objects: a template that fails has failed.
    var isTypedOnly = false
}

extension InspectedObject {
    init(_ raw: JSONValue, as type: GoType, style: RowStyle) {
        self.init(typed: TemplateValue(raw, as: type, text: style.foreign), raw: raw)
    }
}
