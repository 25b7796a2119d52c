// SPDX-License-Identifier: Apache-2.0
import Foundation
import OCI
import Testing

@testable import Engine

/// The changes of `commit -c` and the expansion of words, as docker makes them (`dockerfile-changes.json`).
@Suite(.enabled(if: ConformanceFile.isAvailable("dockerfile-changes.json")))
struct DockerfileChangesConformanceTests {
    private let file: ConformanceFile

    init() throws {
        file = try ConformanceFile("dockerfile-changes.json")
    }

    @Test func `changes and the merge give docker's configuration or its error`() throws {
        var report = ConformanceReport(file: "dockerfile-changes.json cases")
        for entry in file.cases() {
            guard let changes = entry["changes"] as? [String], let before = try Self.config(entry["config"]) else {
                continue
            }
            let image = try Self.config(entry["merge_from_image"])
            let expected = try Self.config(entry["result"])
            let name = "\(entry["id"] ?? "") \(changes)"
            do throws(ConfigChangeError) {
                let changed = try before.applying(changes: changes)
                let result = image.map { changed.filled(from: $0) } ?? changed
                report.check(
                    name, result == expected, "expected \(entry["result"] ?? entry["error"] ?? ""), found \(result)")
            } catch {
                report.check(name, error.description == entry["error"] as? String, "found \(error)")
            }
        }
        report.finish()
    }

    /// The file writes configurations as docker's image JSON does.
    private static func config(_ value: Any?) throws -> ContainerConfig? {
        guard let value = value as? [String: Any] else { return nil }
        let document: [String: Any] = ["config": value, "rootfs": ["type": "layers", "diff_ids": [String]()]]
        return try ImageConfig(parsing: Array(JSONSerialization.data(withJSONObject: document))).config
    }

    @Test func `words expand as docker expands them`() {
        var report = ConformanceReport(file: "dockerfile-changes.json word_expansion")
        for entry in file.cases("word_expansion") {
            guard let input = entry["input"] as? String else { continue }
            let environment = ShellLexer.environment(entry["env"] as? [String] ?? [])
            do throws(ConfigChangeError) {
                let result = try ShellLexer(escape: "\\").expand(input, environment)
                if let word = entry["word"] as? String {
                    report.check("word \(input)", result.word == word, "expected \(word), found \(result.word)")
                }
                if let words = entry["words"] as? [String] {
                    report.check("words \(input)", result.words == words, "expected \(words), found \(result.words)")
                }
                let refusal = entry["word_error"] ?? entry["words_error"]
                if let refusal { report.check("word \(input)", false, "expected \(refusal), found \(result.word)") }
            } catch {
                for key in ["word", "words"] where entry[key + "_error"] != nil || entry[key] != nil {
                    let matches = error.description == entry[key + "_error"] as? String
                    report.check("\(key) \(input)", matches, "found \(error)")
                }
            }
        }
        report.finish()
    }
}
