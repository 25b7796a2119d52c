// SPDX-License-Identifier: Apache-2.0
import GoTemplate
import Testing

/// A row as a listing has it.
private struct Row: TemplateObject {
    let goTypeName = "*formatter.rowContext"
    let jsonValue: TemplateValue = ["ID": "<1>", "Tag": "latest"]

    func member(_ name: String) -> TemplateMember? {
        switch name {
        case "ID": .method("<1>")
        case "Tag": .field("latest")
        case "Label":
            .function(
                TemplateFunction([.string], returning: .string) { values throws(TemplateFunction.Failure) in
                    guard case .string(let key) = values[0] else { return "" }
                    return .string("label " + key.string)
                })
        default: nil
        }
    }
}

@Suite struct ObjectTests {
    @Test(arguments: [
        ("{{.ID}}:{{.Tag}}", "<1>:latest"),
        ("{{.Label \"a\"}} {{\"b\" | .Label}} {{upper (.Label \"c\")}}", "label a label b LABEL C"),
        ("{{json .}}", #"{"ID":"\u003c1\u003e","Tag":"latest"}"#),
        ("{{json .ID}}", "\"<1>\""),
        ("{{if .}}{{with .Tag}}{{.}}{{end}}{{end}}", "latest"),
    ])
    func `Members are read by name`(template: String, expected: String) {
        #expect(render(template, .object(Row())) == expected)
    }

    @Test(arguments: [
        ("{{.Nope}}", "<.Nope>: can't evaluate field Nope in type *formatter.rowContext"),
        ("{{.ID 1}}", "<.ID>: wrong number of args for ID: want 0 got 1"),
        ("{{.Tag 1}}", "<.Tag>: Tag has arguments but cannot be invoked as function"),
        ("{{.Label}}", "<.Label>: wrong number of args for Label: want 1 got 0"),
        ("{{.Label 1}}", "<1>: expected string; found 1"),
        ("{{.ID.Deep}}", "<.ID.Deep>: can't evaluate field Deep in type string"),
    ])
    func `Errors name the object's type`(template: String, expected: String) {
        #expect(render(template, .object(Row())).hasSuffix(expected))
    }
}
