// SPDX-License-Identifier: Apache-2.0
import GoTemplate
import Testing

/// Templates that would run or grow without end in Go.
@Suite struct LimitTests {
    /// The usual limits are too large for a test without optimization.
    private static var options: TemplateOptions {
        var options = TemplateOptions()
        options.limits.steps = 20_000
        options.limits.outputBytes = 100_000
        options.limits.valueBytes = 50_000
        options.limits.templateDepth = 1_000
        return options
    }

    @Test(arguments: [
        ("{{range 9000000000}}{{range 9000000000}}{{end}}{{end}}", "exceeded maximum number of steps (20000)"),
        ("{{range 9000000000}}{{len (printf \"%9999d\" 1)}}{{end}}", "exceeded maximum number of steps (20000)"),
        (
            "{{$x := printf \"%49999d\" 1}}{{range 9000000}}{{if eq $x \"\"}}{{end}}{{end}}",
            "exceeded maximum number of steps (20000)"
        ),
        ("{{split (printf \"%9999d\" 1) \"\"}}", "exceeded maximum size of a value (50000 bytes)"),
        ("{{range 100000}}{{printf \"%9999d\" 1}}{{end}}", "exceeded maximum output size (100000 bytes)"),
        ("{{$x := \"ab\"}}{{range 64}}{{$x = print $x $x}}{{end}}", "exceeded maximum size of a value (50000 bytes)"),
        ("{{printf \"%999999d\" 1}}", "exceeded maximum size of a value (50000 bytes)"),
        ("{{pad \"x\" 999999999999 0}}", "exceeded maximum size of a value (50000 bytes)"),
        ("{{define \"a\"}}{{template \"a\"}}{{template \"a\"}}{{end}}{{template \"a\"}}", "depth (1000)"),
    ])
    func `Endless work ends with an error`(template: String, expected: String) {
        #expect(render(template, options: Self.options).hasSuffix(expected))
    }

    @Test(arguments: [
        String(repeating: "(", count: 100_000), String(repeating: "{{if 1}}", count: 100_000),
        String(repeating: "{{range 1}}", count: 100_000), String(repeating: "{{block \"a\" 1}}", count: 100_000),
    ])
    func `Deep nesting is an error, not a stack overflow`(text: String) {
        let template = text.hasPrefix("(") ? "{{" + text : text
        let message = render(template)
        #expect(message.contains("depth"), "\(message.prefix(200))")
    }

    @Test func `Nesting within the bound works`() {
        let open = String(repeating: "(", count: 400)
        let close = String(repeating: ")", count: 400)
        #expect(render("{{\(open)1\(close)}}") == "1")
        let ifs = String(repeating: "{{if true}}", count: 400)
        let ends = String(repeating: "{{end}}", count: 400)
        #expect(render(ifs + "x" + ends) == "x")
    }
}
