// SPDX-License-Identifier: Apache-2.0
import GoTemplate
import Testing

@Suite struct FunctionTests {
    let data: TemplateValue = [
        "S": "Hello, wörld", "L": [3, "x", true, .null], "M": ["a": 1, "é": 2.5], "E": "", "N": .null, "I": 7,
    ]

    @Test(arguments: [
        ("{{and 1 0 2}} {{or 0 \"\" 3}} {{and 1 2}} {{or 0 \"\"}} {{not .E}}", "0 3 2  true"),
        ("{{or .I (index .L 99)}}{{and .E (index .L 99)}}", "7"),
        ("{{len .S}} {{len .L}} {{len .M}}", "13 4 2"),
        ("{{index .L 1}}{{index .M \"a\"}}{{index .S 0}}{{index .M \"none\"}}", "x172<no value>"),
        ("{{slice .S 7}} {{slice .S 0 5}} {{slice .L 1 2}}", "wörld Hello [x]"),
        ("{{print 1 2 \"a\" 3 4.5 .N}}|{{println \"a\" 1}}", "1 2a3 4.5 <nil>|a 1\n"),
        ("{{html \"<a href='x'>&\\\"\"}}", "&lt;a href=&#39;x&#39;&gt;&amp;&#34;"),
        ("{{js \"it's <b>\\n=\"}}", #"it\'s \u003Cb\u003E\u000A\u003D"#),
        ("{{urlquery \"a b&c=ü/~\"}}", "a+b%26c%3D%C3%BC%2F~"),
        (
            "{{eq 1 1}}{{eq .I 1 7}}{{ne \"a\" \"b\"}}{{lt 1 2}}{{le 2 2}}{{gt \"b\" \"a\"}}{{ge 1.5 2.5}}",
            "truetruetruetruetruetruefalse"
        ),
        ("{{eq .N nil}}{{eq .E nil}}{{eq \"\" .E}}", "truefalsetrue"),
        ("{{html .N}}{{html 1 2}}", "&lt;no value&gt;1 2"),
    ])
    func `Go's own`(template: String, expected: String) {
        #expect(render(template, data) == expected)
    }

    @Test(arguments: [
        ("{{json .S}}{{json .L}}{{json .M}}", #""Hello, wörld"[3,"x",true,null]{"a":1,"é":2.5}"#),
        ("{{json \"<&>\\u2028\\x01\\b\"}}", #""<&>\u2028\u0001\b""#),
        ("{{json 1e21}} {{json 1e-7}} {{json 100000000.0}}", "1e+21 1e-7 100000000"),
        ("{{split \"a,b,,c\" \",\"}} {{len (split \"añb\" \"\")}}", "[a b  c] 3"),
        ("{{join (split \"a b c\" \" \") \"+\"}}", "a+b+c"),
        ("{{title \"the quick-brown fox's ǆ\"}}", "The Quick-Brown Fox'S ǅ"),
        ("{{upper \"straße ǳ ᾳ\"}} {{lower \"ÀİΣ\"}}", "STRAßE Ǳ ᾼ àiσ"),
        ("[{{pad \"x\" 1 2}}][{{pad \"\" 5 5}}]", "[ x  ][]"),
        ("{{truncate .S 5}}|{{truncate .S 99}}", "Hello|Hello, wörld"),
    ])
    func `Docker's`(template: String, expected: String) {
        #expect(render(template, data) == expected)
    }

    @Test func `Join takes lists of strings only, as in docker 28`() {
        #expect(render("{{join .L \",\"}}", ["L": .strings(["a", "b"])]) == "a,b")
        #expect(render("{{join .L \",\"}}", ["L": .strings(nil)]) == "")
        #expect(render("{{join .L \",\"}}", data).hasSuffix("expected []string; got []interface {}"))
    }

    @Test func `A table's header is the template on a map of headings`() {
        let header: TemplateValue = ["ID": "IMAGE ID", "Tag": "TAG"]
        let template = "{{upper .Tag}}\t{{truncate .ID 4}}\t{{json .Tag}}\t{{pad .Tag 2 3}}|{{.Nope}}"
        #expect(
            render(template, header, functions: .dockerTableHeader) == "TAG\tIMAGE ID\tTAG\t  TAG   |<no value>")
    }

    @Test func `Own functions are checked like Go's`() {
        let functions = TemplateFunctions.docker.adding([
            "twice": TemplateFunction([.int], returning: .int) { values throws(TemplateFunction.Failure) in
                guard case .int(let int) = values[0], int < 100 else { throw TemplateFunction.Failure("too large") }
                return .int(int * 2)
            }
        ])
        #expect(render("{{twice 4}} {{3 | twice | twice}}", functions: functions) == "8 12")
        #expect(
            render("{{twice}}", functions: functions)
                == "template: :1:2: executing \"\" at <twice>: wrong number of args for twice: want 1 got 0")
        #expect(
            render("{{twice \"a\"}}", functions: functions)
                == "template: :1:8: executing \"\" at <\"a\">: expected integer; found \"a\"")
        #expect(
            render("{{twice 100}}", functions: functions)
                == "template: :1:2: executing \"\" at <twice 100>: error calling twice: too large")
    }
}
