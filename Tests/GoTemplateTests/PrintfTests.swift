// SPDX-License-Identifier: Apache-2.0
import GoTemplate
import Testing

@Suite struct PrintfTests {
    let data: TemplateValue = ["M": ["k": "v", "n": 1], "L": ["a", 2], "N": .null, "B": true]

    @Test(arguments: [
        (
            #""%d|%5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%#o|%O|%b" 42 42 42 42 42 42 42 42 42 42 42 42 42"#,
            "42|   42|42   |00042|+42| 42|2a|2A|0x2a|52|052|0o52|101010"
        ),
        (#""%c|%q|%U|%#U" 'é' 'é' 'é' 'é'"#, "é|'é'|U+00E9|U+00E9 'é'"),
        (
            #""%s|%10s|%-6s|%.2s|%q|%x|% X|%#q" "héy" "héy" "héy" "héy" "héy" "héy" "héy" "héy""#,
            "héy|       héy|héy   |hé|\"héy\"|68c3a979|68 C3 A9 79|`héy`"
        ),
        (
            #""%v|%g|%f|%.2f|%e|%8.3f|%+.1e|%G" 3.14159 3.14159 3.14159 3.14159 3.14159 3.14159 3.14159 1e-10"#,
            "3.14159|3.14159|3.141590|3.14|3.141590e+00|   3.142|+3.1e+00|1E-10"
        ),
        (#""%t|%v|%5t" true false true"#, "true|false| true"),
        (
            #""%v|%+v|%#v|%T" .M .M .M .M"#,
            "map[k:v n:1]|map[k:v n:1]|map[string]interface {}{\"k\":\"v\", \"n\":1}|map[string]interface {}"
        ),
        (#""%v|%s|%q|%d" .L .L .L .L"#, "[a 2]|[a %!s(int=2)]|[\"a\" '\\x02']|[%!d(string=a) 2]"),
        (#""%d|%s|%z" "x" 1 .B"#, "%!d(string=x)|%!s(int=1)|%!z(bool=true)"),
        (#""%#w|%w" "a" "a""#, "%!w(string=\"a\")|%!w(string=a)"),
        (#""%d %d" 1"#, "1 %!d(MISSING)"),
        (#""%d" 1 2 "x""#, "1%!(EXTRA int=2, string=x)"),
        (#""%[2]d %[1]d|%[3]d" 1 2"#, "2 1|%!d(BADINDEX)"),
        (#""%*d|%-*d|%.*f" 5 1 5 2 2 1.5"#, "    1|2    |1.50"),
        (#""%v|%s|%d" .N .N .N"#, "<nil>|%!s(<nil>)|%!d(<nil>)"),
        (#""100%% %!" 1"#, "100% %!!(int=1)"),
        (#""%""#, "%!(NOVERB)"),
        (#""%.3g|%.3g|%g|%g" 1234.5678 0.00001234 1e20 1e21"#, "1.23e+03|1.23e-05|1e+20|1e+21"),
        (#""%x|%b|%.1x" 1.5 1.0 1.96875"#, "0x1.8p+00|4503599627370496p-52|0x1.0p+01"),
        (#""%v %.1f" 1+2i 1.5-2i"#, "(1+2i) (1.5-2.0i)"),
        (#""%d|%x" -9223372036854775808 -9223372036854775808"#, "-9223372036854775808|-8000000000000000"),
        (#""%.40f" 0.1"#, "0.1000000000000000055511151231257827021182"),
    ])
    func `Verbs, flags, width and precision`(arguments: String, expected: String) {
        #expect(render("{{printf \(arguments)}}", data) == expected)
    }

    @Test func `Numbers in formats are bounded as in Go`() {
        #expect(render("{{len (printf \"%999999d\" 1)}}") == "999999")
        #expect(render("{{printf \"%99999999999d\" 1}}") == "%!(NOVERB)%!(EXTRA int=1)")
        #expect(render("{{printf \"%*d\" 10000000 1}}") == "%!(BADWIDTH)1")
    }
}
