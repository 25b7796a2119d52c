// SPDX-License-Identifier: Apache-2.0
import GoTemplate
import Testing

@Suite struct ControlTests {
    let data: TemplateValue = [
        "List": ["x", "y", "z"], "Map": ["b": 2, "a": 1], "None": [], "Two": 2, "Nil": .null, "Text": "t",
    ]

    @Test(arguments: [
        ("{{if .Text}}yes{{end}}{{if .None}}no{{end}}", "yes"),
        ("{{if .Nil}}a{{else if .None}}b{{else if .Two}}c{{else}}d{{end}}", "c"),
        ("{{if .Nil}}a{{else if .None}}b{{else}}d{{end}}.", "d."),
        ("{{with .Nil}}a{{else with .Text}}{{.}}{{else}}b{{end}}", "t"),
        ("{{with .Nil}}a{{else}}{{.Text}}{{end}}", "t"),
        ("{{range .List}}{{.}},{{end}}", "x,y,z,"),
        ("{{range $i, $e := .List}}{{$i}}{{$e}} {{end}}", "0x 1y 2z "),
        ("{{range $k, $v := .Map}}{{$k}}={{$v}} {{end}}", "a=1 b=2 "),
        ("{{range .None}}x{{else}}empty{{end}}", "empty"),
        ("{{range .Nil}}x{{else}}empty{{end}}", "empty"),
        ("{{range .Two}}{{.}}{{end}}{{range 3}}{{.}}{{end}}", "01012"),
        ("{{range -1}}x{{else}}none{{end}}", "none"),
        ("{{range .List}}{{if eq . \"y\"}}{{break}}{{end}}{{.}}{{end}}!", "x!"),
        ("{{range .List}}{{with $v := .}}{{if eq $v \"y\"}}{{continue}}{{end}}{{$v}}{{end}}{{end}}", "xz"),
        ("{{range $i := 2}}{{range $j := 2}}{{if $j}}{{continue}}{{end}}{{$i}}{{$j}} {{end}}{{end}}", "00 10 "),
        ("{{$last := 0}}{{range $e := .List}}{{$last = $e}}{{end}}{{$last}}", "z"),
        ("{{$e := 0}}{{range $e = .List}}{{end}}{{$e}}", "z"),
        ("{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}", "21"),
        ("{{range .List}}{{else}}{{end}}{{.Text}}", "t"),
    ])
    func `Control structures`(template: String, expected: String) {
        #expect(render(template, data) == expected)
    }

    @Test func `Numbers of other sizes keep their type in a range`() {
        let data: TemplateValue = ["N": .uint64(2)]
        #expect(render("{{range .N}}{{printf \"%T%v \" . .}}{{end}}", data) == "uint640 uint641 ")
    }

    @Test func `Long chains of else if need no stack`() {
        let chain = (0..<20_000).map { "{{else if eq . \($0)}}\($0)" }.joined()
        #expect(render("{{if false}}" + chain + "{{end}}", 19_999) == "19999")
    }

    @Test func `Recursion goes as deep as in Go`() {
        let endless = "{{define \"a\"}}{{template \"a\"}}{{end}}{{template \"a\"}}"
        #expect(
            render(endless)
                == "template: :1:25: executing \"a\" at <{{template \"a\"}}>: exceeded maximum template depth (100000)")
    }
}
