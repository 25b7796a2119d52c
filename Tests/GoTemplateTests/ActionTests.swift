// SPDX-License-Identifier: Apache-2.0
import GoTemplate
import Testing

@Suite struct ActionTests {
    let data: TemplateValue = [
        "Repo": "busybox", "Size": 42, "Ratio": 2.5, "Tags": ["a", "b"], "Config": ["User": "root", "None": .null],
        "Empty": "",
    ]

    @Test(arguments: [
        ("plain text", "plain text"),
        ("{{.Repo}}:{{.Size}}", "busybox:42"),
        ("{{.Config.User}}/{{$.Config.User}}", "root/root"),
        ("{{.Missing}}|{{.Config.None}}|{{.Missing.Deeper}}", "<no value>|<no value>|<no value>"),
        ("{{.}}", "map[Config:map[None:<nil> User:root] Empty: Ratio:2.5 Repo:busybox Size:42 Tags:[a b]]"),
        ("{{(index .Tags 1)}}{{(.Config).User}}", "broot"),
        ("{{.Repo | printf \"%s-%s\" \"x\" | upper}}", "X-BUSYBOX"),
        ("{{with $x := .Repo}}{{$x}}{{end}}", "busybox"),
        ("{{$x := 1}}{{$x = 2}}{{$x}}", "2"),
        ("a {{- .Size -}} \n b", "a42b"),
        ("a{{/* nothing */}}b{{- /* trims */ -}} c", "abc"),
        ("{{`raw \"text\"`}}{{\"\\u00e9\\t\\x41\"}}{{'x'}}", "raw \"text\"é\tA120"),
        ("{{true}}{{false}}", "truefalse"),
        ("{{define \"row\"}}<{{.}}>{{end}}{{template \"row\" .Size}}{{template \"row\"}}", "<42><<no value>>"),
        ("{{block \"part\" .Repo}}[{{.}}]{{end}}", "[busybox]"),
    ])
    func `Actions print`(template: String, expected: String) {
        #expect(render(template, data) == expected)
    }

    @Test(arguments: [
        ("0x1F", "31"), ("0b101", "5"), ("0o17", "15"), ("017", "15"), ("1_000_000", "1000000"), ("-7", "-7"),
        ("1.5e3", "1500"), ("1e3", "1000"), ("0x1p4", "16"), (".5", "0.5"), ("1e21", "1e+21"), ("2i", "(0+2i)"),
        ("1+2i", "(1+2i)"), ("'\\n'", "10"), ("-0", "0"), ("9223372036854775807", "9223372036854775807"),
    ])
    func `Numbers have Go's syntax`(literal: String, expected: String) {
        #expect(render("{{\(literal)}}") == expected)
    }

    @Test func `A later text replaces definitions but not by empty ones`() throws {
        var template = try Template("{{block \"inner\" .}}old{{end}}!")
        try template.parse("{{define \"inner\"}}new{{end}}")
        try template.parse("{{define \"inner\"}}  {{end}}")
        var output: [UInt8] = []
        try template.execute(.null, into: &output)
        #expect(String(decoding: output, as: UTF8.self) == "new!")
    }

    @Test func `Output before an error stays`() throws {
        let template = try Template("one {{.Size}} {{index .Tags 9}} two")
        var output = Array("zero ".utf8)
        #expect(throws: TemplateError.self) { try template.execute(data, into: &output) }
        #expect(String(decoding: output, as: UTF8.self) == "zero one 42 ")
    }

    @Test func `Text that is cut inside a character keeps its bytes`() throws {
        let template = try Template("{{truncate . 4}}|{{slice . 1 2}}")
        var output: [UInt8] = []
        try template.execute("é€", into: &output)
        #expect(output == [0xC3, 0xA9, 0xE2, 0x82, 0x7C, 0xA9])
    }
}
