// SPDX-License-Identifier: Apache-2.0
import Foundation
import OCI
import Testing

@testable import Engine

struct ConfigChangeExpansionTests {
    private static let environment = ["file": "lib/a.tar.gz", "empty": "", "lines": "a\nb", "star": "a*b"]

    private static let expansions: [(String, String)] = [
        ("${file#*/}", "a.tar.gz"),
        ("${file##*.}", "gz"),
        ("${file%.*}", "lib/a.tar"),
        ("${file%%.*}", "lib/a"),
        ("${file%?z}", "lib/a.tar."),
        ("${file#x}", "lib/a.tar.gz"),
        ("${file/a./b.}", "lib/b.tar.gz"),
        ("${file//a/x}", "lib/x.txr.gz"),
        ("${file//\\//\\$0}", "lib\\/a.tar.gz"),
        ("${file//./'$0$0'}", "lib/a..tar..gz"),
        ("${file//?/-}", "------------"),
        ("${empty//*/x}", "x"),
        ("${lines#*b}", "a\nb"),
        ("${lines##*}", "\nb"),
        ("${star#*\\*}", "b"),
        ("${empty-x}${empty:-y}${none-z}", "yz"),
        ("${empty+x}${empty:+y}${none+z}${file:+w}", "xw"),
        ("'$file'\"$file\"\\$file", "$filelib/a.tar.gz$file"),
        ("$file-$1x$_", "lib/a.tar.gz-x"),
        ("a\\", "a"),
    ]

    @Test(arguments: expansions)
    func `variables and quotes expand as in docker's builder`(word: String, expected: String) throws {
        #expect(try ShellLexer(escape: "\\").expand(word, Self.environment).word == expected)
    }

    private static let errors: [(String, ExpansionError)] = [
        ("${", .missingBrace),
        ("${file", .unsupportedModifier("\u{FFFD}")),
        ("${file:", .missingBrace),
        ("${file/a", .missingSlash),
        ("${file/a/b", .missingBrace),
        ("${}", .badSubstitution),
        ("${file:#x}", .unsupportedModifier(":#")),
        ("${file=x}", .unsupportedModifier("=")),
        ("${none?}", .required(name: "none", message: "is not allowed to be unset")),
        ("${empty:?why}", .required(name: "empty", message: "why")),
        ("${empty:?}", .required(name: "empty", message: "is not allowed to be empty")),
        ("${file#\\x}", .invalidPattern("\\x", reason: "invalid escape '\\x'")),
        ("\"x", .unterminated("double-quote")),
    ]

    @Test(arguments: errors)
    func `what can't be expanded has docker's reason`(word: String, expected: ExpansionError) {
        #expect(throws: ConfigChangeError.expansion(word: word, expected)) {
            try ShellLexer(escape: "\\").expand(word, Self.environment)
        }
    }

    @Test func `words split at space that comes out unquoted`() throws {
        let environment = ["two": "a b", "edge": " a "]
        func words(_ text: String) throws -> [String] { try ShellLexer(escape: "\\").expand(text, environment).words }
        #expect(try words("x$two") == ["xa", "b"])
        #expect(try words("x\"$two\"y") == ["xa by"])
        #expect(try words("x${edge}y") == ["x", "a", "y"])
        #expect(try words("a\\ b") == ["a b"])
        #expect(try words(" ") == [])
    }

    @Test func `random changes never trap`() {
        let pieces = [
            "ENV ", "ONBUILD ", "HEALTHCHECK --interval=1s CMD ", "EXPOSE ", "LABEL ", "CMD [\"a\"", "]", "${", "}",
            "#", "%",
            "/", "*", "?", "\\", "'", "\"", "\n", " ", "=", "a", "<<EOF", "EOF", "# escape=`\n", "`", "é", "\u{FEFF}",
            ":-", "80",
        ]
        let iterations = ProcessInfo.processInfo.environment["DOCKERLITE_FUZZ_ITERATIONS"].flatMap(Int.init) ?? 5_000
        for _ in 0..<iterations {
            let text = (0..<Int.random(in: 1...16)).compactMap { _ in pieces.randomElement() }.joined()
            _ = try? ContainerConfig().applying(changes: [text])
        }
    }
}
