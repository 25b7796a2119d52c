// SPDX-License-Identifier: Apache-2.0
import GoTemplate
import Testing

@Suite struct ErrorTests {
    let data: TemplateValue = ["Name": "n", "List": ["a"], "Nil": .null, "Map": [:]]

    @Test(arguments: [
        ("{{", "template: :1: unclosed action"),
        ("\n{{.A\n\n{{", "template: :4: unexpected \"{\" in operand"),
        ("{{if}}{{end}}", "template: :1: missing value for if"),
        ("{{if .A}}", "template: :1: unexpected EOF"),
        ("{{end}}", "template: :1: unexpected {{end}}"),
        ("{{nofunc .}}", "template: :1: function \"nofunc\" not defined"),
        ("{{$x}}", "template: :1: undefined variable \"$x\""),
        ("{{.A | 3}}", "template: :1: non executable command in pipeline stage 2"),
        ("{{\"a}}", "template: :1: unterminated quoted string"),
        ("{{99999999999999999999}}", "template: :1: integer overflow: \"99999999999999999999\""),
        ("{{break}}", "template: :1: {{break}} outside {{range}}"),
        (
            "{{define \"a\"}}1{{end}}{{define \"a\"}}2{{end}}",
            "template: :1: template: multiple definition of template \"a\""
        ),
        ("{{/* open", "template: :1: unclosed comment"),
        ("{{(.A}}", "template: :1: unclosed left paren"),
        ("{{3)}}", "template: :1: unexpected right paren"),
        ("{{if (.A))}}{{end}}", "template: :1: unexpected right paren"),
        ("{{1.A}}", "template: :1: bad number syntax: \"1.A\""),
    ])
    func `Parse errors have Go's text`(template: String, expected: String) {
        #expect(render(template, data) == expected)
    }

    @Test(arguments: [
        (
            "{{.Name.Deep}}",
            "template: :1:7: executing \"\" at <.Name.Deep>: can't evaluate field Deep in type interface {}"
        ),
        (
            "{{.Nil.Deep}}",
            "template: :1:6: executing \"\" at <.Nil.Deep>: nil pointer evaluating interface {}.Deep"
        ),
        (
            "a\nb {{index .List 5}}",
            "template: :2:4: executing \"\" at <index .List 5>: error calling index: index out of range: 5"
        ),
        (
            "{{call .Name 1}}",
            "template: :1:2: executing \"\" at <call .Name 1>: error calling call: non-function .Name of type string"
        ),
        (
            "{{call (len .List)}}",
            "template: :1:2: executing \"\" at <call (len .List)>: "
                + "error calling call: non-function len .List of type int"
        ),
        (
            "{{3 | call}}",
            "template: :1:6: executing \"\" at <call>: error calling call: non-function <int Value> of type int"
        ),
        (
            "{{\"x\" | call}}",
            "template: :1:8: executing \"\" at <call>: error calling call: non-function x of type string"
        ),
        (
            "{{json 1i}}",
            "template: :1:2: executing \"\" at <json 1i>: error calling json: json: unsupported type: complex128"
        ),
        (
            "{{upper 3}}", "template: :1:8: executing \"\" at <3>: expected string; found 3"
        ),
        (
            "{{upper .List}}",
            "template: :1:8: executing \"\" at <.List>: wrong type for value; expected string; got []interface {}"
        ),
        (
            "{{lt 1 \"a\"}}",
            "template: :1:2: executing \"\" at <lt 1 \"a\">: error calling lt: incompatible types for comparison"
        ),
        (
            "{{template \"none\" .}}",
            "template: :1:11: executing \"\" at <{{template \"none\" .}}>: template \"none\" not defined"
        ),
        (
            "{{range .Name}}{{end}}",
            "template: :1:8: executing \"\" at <.Name>: range can't iterate over n"
        ),
        (
            "{{.Name 1}}",
            "template: :1:2: executing \"\" at <.Name>: Name is not a method but has arguments"
        ),
        (
            "{{nil}}", "template: :1:2: executing \"\" at <nil>: nil is not a command"
        ),
    ])
    func `Execution errors have Go's text`(template: String, expected: String) {
        #expect(render(template, data) == expected)
    }

    @Test func `Errors name the template and the definition`() {
        let text = "{{define \"row\"}}\n{{.x.y}}{{end}}{{template \"row\" .Map}}"
        #expect(
            render(text, ["Map": ["x": 1]], name: "page")
                == "template: page:2:4: executing \"row\" at <.x.y>: can't evaluate field y in type interface {}")
    }

    @Test func `Missing keys follow the option`() {
        let zero = TemplateOptions(missingKey: .zero)
        let error = TemplateOptions(missingKey: .error)
        #expect(render("{{.x}}", .stringMap([:]), options: zero) == "")
        #expect(render("{{.x}}", [:], options: zero) == "<no value>")
        #expect(
            render("{{.x}}", [:], options: error)
                == "template: :1:2: executing \"\" at <.x>: map has no entry for key \"x\"")
        #expect(
            render("{{.x}}", .null, options: error)
                == "template: :1:2: executing \"\" at <.x>: nil data; no entry for key \"x\"")
    }

    @Test func `The phase tells parsing from executing`() throws {
        #expect(throws: TemplateError(phase: .parse, message: "template: :1: unclosed action")) {
            try Template("{{")
        }
        let template = try Template("{{index 1 2}}")
        var output: [UInt8] = []
        do throws(TemplateError) {
            try template.execute(.null, into: &output)
            Issue.record("an integer was indexed")
        } catch {
            #expect(error.phase == .execute)
        }
    }
}
