// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import GoTemplate

extension TemplateValue {
    /// What Go's decoder makes of JSON when it keeps numbers as they are written (json.Decoder.UseNumber).
    /// - Parameter text: what is to be shown of a string.
    init(json: JSONValue, text: (String) -> String = { $0 }) {
        switch json {
        case .null: self = .null
        case .bool(let flag): self = .bool(flag)
        case .number(let literal): self = .jsonNumber(literal)
        case .string(let string): self = .string(text(string))
        case .array(let elements): self = .list(elements.map { TemplateValue(json: $0, text: text) })
        case .object(let members):
            self = .map(
                TemplateMap(members.map { (GoString(text($0.name)), TemplateValue(json: $0.value, text: text)) }))
        }
    }

    /// A `time.Time`, which prints and encodes itself.
    static func time(_ time: Timestamp) -> TemplateValue {
        .typed(
            TypedValue(
                .named("time.Time", .structure([])), .fields([]), text: GoString(time.goString(in: .utc)),
                json: .string(time.rfc3339(fraction: .asNeeded))))
    }
}
