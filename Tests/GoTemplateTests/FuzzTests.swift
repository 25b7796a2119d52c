// SPDX-License-Identifier: Apache-2.0
import Foundation
import GoTemplate
import TestSupport
import Testing

/// Random templates must neither crash nor hang: each ends with output or with an error.
///
/// `DOCKERLITE_FUZZ_ITERATIONS` sets how many are tried.
@Suite struct FuzzTests {
    private static let pieces: [String] = [
        "{{", "}}", "{{- ", " -}}", "(", ")", "|", ".", "$", " ", "\n", ",", ":=", "=", "\"", "`", "'", "\\", "%",
        "if ", "else", "end", "range ", "with ", "define ", "template ", "block ", "break", "continue", "nil", "true",
        ".A", ".B.C", ".L", ".M", "$x", "$x := ", "$i, $e := ", "\"a\"", "\"%v%d%q\"", "\"%[2]*.[1]*f\"", "`raw`",
        "'x'", "0", "1", "-1", "42", "1e9", "0x1p-3", "1i", "9223372036854775807", "-9223372036854775808", "1_0", "é",
        "printf ", "print ", "println ", "html ", "js ", "urlquery ", "index ", "slice ", "len ", "eq ", "lt ", "and ",
        "or ", "not ", "call ", "json ", "split ", "join ", "title ", "upper ", "pad ", "truncate ", "/*", "*/",
        "{{end}}", "{{else}}", "{{range .L}}", "{{if .A}}", "{{with $x := .M}}", "{{define \"t\"}}",
        "{{template \"t\" .}}", "{{range 5}}", "{{.}}", "{{break}}", "{{printf \"%08.3f|%+q|%x\" 1.5 .A .B}}",
    ]

    private static let data: TemplateValue = [
        "A": "text é", "B": ["C": 3, "D": 1.5], "L": ["a", 1, true, ["k": "v"]], "M": ["x": .null, "y": [1, 2]],
        "T": .strings(["p", "q"]), "P": .pointer(to: .int64(.min)), "J": .jsonNumber("12.50"), "F": .float(.nan),
    ]

    private static var options: TemplateOptions {
        var options = TemplateOptions()
        options.limits.steps = 20_000
        options.limits.outputBytes = 1 << 16
        options.limits.valueBytes = 1 << 16
        options.limits.templateDepth = 1_000
        return options
    }

    private static func randomTemplate(_ generator: inout SplitMix, previous: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        if Bool.random(using: &generator), !previous.isEmpty {
            bytes = previous
            for _ in 0..<Int.random(in: 1...4, using: &generator) { mutate(&bytes, &generator) }
        } else {
            for _ in 0..<Int.random(in: 1...24, using: &generator) {
                bytes += (pieces.randomElement(using: &generator) ?? "").utf8
            }
        }
        return bytes.count > 2_000 ? Array(bytes.prefix(2_000)) : bytes
    }

    private static func mutate(_ bytes: inout [UInt8], _ generator: inout SplitMix) {
        let index = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes.insert(contentsOf: Array((pieces.randomElement(using: &generator) ?? "").utf8), at: index)
        case 1: if index < bytes.count { bytes[index] = UInt8.random(in: 0...255, using: &generator) }
        case 2: if index < bytes.count { bytes.removeSubrange(index..<min(bytes.count, index + 5)) }
        default: if index < bytes.count { bytes += bytes[index...] }
        }
    }

    @Test func `Random templates end`() {
        let count = ProcessInfo.processInfo.environment["DOCKERLITE_FUZZ_ITERATIONS"].flatMap(Int.init) ?? 5_000
        var generator = SplitMix(seed: UInt64(count))
        var previous: [UInt8] = []
        var (executed, completed) = (0, 0)
        for _ in 0..<count {
            let bytes = Self.randomTemplate(&generator, previous: previous)
            var output: [UInt8] = []
            do throws(TemplateError) {
                let template = try Template(String(decoding: bytes, as: UTF8.self), options: Self.options)
                executed += 1
                // What parses is worth changing further.
                previous = bytes
                try template.execute(Self.data, into: &output)
                completed += 1
            } catch {
                #expect(error.message.hasPrefix("template: "))
            }
            #expect(output.count <= 3 << 16)
        }
        print("fuzz: \(count) templates, \(executed) executed, \(completed) without error")
        #expect(executed > 0 && completed > 0)
    }
}
