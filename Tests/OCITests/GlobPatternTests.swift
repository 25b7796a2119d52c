// SPDX-License-Identifier: Apache-2.0
import OCI
import Testing

struct GlobPatternTests {
    private static let cases: [(String, String, Bool)] = [
        ("", "", true),
        ("", "a", false),
        ("*", "", true),
        ("*", "abc", true),
        ("*", "a/c", false),
        ("a*", "a", true),
        ("a*/b", "a/c/b", false),
        ("a*b*c*d*e*/f", "axbxcxdxe/f", true),
        ("a*b?c*x", "abxbbxdbxebxczzx", true),
        ("a*b?c*x", "abxbbxdbxebxczzy", false),
        ("a?c", "a\u{E9}c", true),
        ("a???c", "a\u{E9}c", false),
        ("a?b", "a/b", false),
        ("a[/]b", "a/b", true),
        ("a[^x]b", "a/b", true),
        ("[a-c]x", "bx", true),
        ("[^a-c]x", "bx", false),
        ("[c-a]x", "bx", false),
        ("[\\]a]", "]", true),
        ("[\\-x]", "-", true),
        ("\\*x", "*x", true),
        ("a\\bc", "abc", true),
        ("]", "]", true),
        ("*[a]", "xa", true),
    ]

    @Test(arguments: cases)
    func `patterns match as Go's do`(pattern: String, text: String, expected: Bool) throws {
        #expect(try GlobPattern(pattern).matches(text) == expected)
    }

    @Test(arguments: ["[", "[]a]", "[-]", "[x-]", "[-x]", "a[", "[a-", "[a-b-c]", "a\\", "[^", "[^]", "x[a", "[\\"])
    func `a pattern that can't be read is an error whatever it is matched with`(pattern: String) {
        #expect(throws: GlobPatternError.self) { try GlobPattern(pattern) }
        #expect("\(GlobPatternError())" == "syntax error in pattern")
    }
}
