// SPDX-License-Identifier: Apache-2.0
import GoTemplate
import Testing

@Suite struct TypedValueTests {
    private static let nested = TemplateValue.structure(
        [
            (GoType.Field("ID", .string, jsonName: "id"), "abc"),
            (GoType.Field("Size", .int64, jsonName: "size", omitsEmpty: true), .int64(0)),
            (GoType.Field("hidden", .bool, jsonName: nil), true),
        ], name: "image.Layer")

    let data = TemplateValue.structure(
        [
            (GoType.Field("Labels", .map(key: .string, value: .string)), .stringMap(["b": "2", "a": "1"])),
            (GoType.Field("Size", .int64), .int64(-5)),
            (GoType.Field("Count", .uint64), .uint64(.max)),
            (GoType.Field("Layer", .pointer(.interface)), .pointer(to: nested)),
            (GoType.Field("Nothing", .pointer(.int)), .null(of: .pointer(.int))),
            (GoType.Field("Any", .interface), .null),
            (GoType.Field("Took", .named("time.Duration", .int64)), .duration(nanoseconds: 90_500_000_000)),
            (GoType.Field("Bytes", .slice(.uint8)), .typed(TypedValue(.slice(.uint8), .bytes([104, 105])))),
            (GoType.Field("Number", .named("json.Number", .string)), .jsonNumber("1.50")),
        ], name: "image.Inspect")

    @Test(arguments: [
        ("{{.Labels}}|{{.Labels.a}}|{{.Labels.z}}|{{index .Labels \"z\"}}|", "map[a:1 b:2]|1|<no value>||"),
        ("{{.Size}} {{eq .Size -5}} {{gt .Count .Size}} {{printf \"%T\" .Count}}", "-5 true true uint64"),
        ("{{.Layer}} {{.Layer.ID}} {{json .Layer}}", "{abc 0 true} abc {\"id\":\"abc\"}"),
        ("{{.Nothing}}|{{json .Nothing}}|{{.Any}}|{{if .Nothing}}x{{end}}", "<nil>|null|<no value>|"),
        (
            "{{.Took}} {{printf \"%d %s %q\" .Took .Took .Took}} {{json .Took}}",
            "1m30.5s 90500000000 1m30.5s \"1m30.5s\" 90500000000"
        ),
        ("{{.Took.Seconds}} {{.Took.Minutes}} {{.Took.Milliseconds}}", "90.5 1.5083333333333333 90500"),
        ("{{.Bytes}} {{printf \"%s %x\" .Bytes .Bytes}} {{json .Bytes}}", "[104 105] hi 6869 \"aGk=\""),
        ("{{.Number}} {{json .Number}} {{printf \"%T\" .Number}}", "1.50 1.50 json.Number"),
        ("{{printf \"%+v\" (slice .Bytes 1)}} {{len .Labels}}", "[105] 2"),
    ])
    func `Typed values print and compare as in Go`(template: String, expected: String) {
        #expect(render(template, data) == expected)
    }

    @Test func `Errors name Go types`() {
        #expect(
            render("{{.Nope}}", data)
                == "template: :1:2: executing \"\" at <.Nope>: can't evaluate field Nope in type image.Inspect")
        #expect(
            render("{{.Layer.Nope}}", data)
                == "template: :1:8: executing \"\" at <.Layer.Nope>: can't evaluate field Nope in type *image.Layer")
        #expect(
            render("{{.Nothing.x}}", data)
                == "template: :1:10: executing \"\" at <.Nothing.x>: nil pointer evaluating *int.x")
        #expect(
            render("{{upper .Number}}", data)
                == "template: :1:8: executing \"\" at <.Number>: wrong type for value; expected string; got json.Number"
        )
    }

    @Test(arguments: [
        (0, "0s"), (1, "1ns"), (1_500, "1.5µs"), (2_000_000, "2ms"), (3_600_000_000_000, "1h0m0s"),
        (-61_000_000_001, "-1m1.000000001s"), (Int64.min, "-2562047h47m16.854775808s"),
    ])
    func `Durations`(nanoseconds: Int64, expected: String) {
        #expect(render("{{.}}", .duration(nanoseconds: nanoseconds)) == expected)
    }
}
