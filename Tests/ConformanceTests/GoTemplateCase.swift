// SPDX-License-Identifier: Apache-2.0
import Foundation
import GoTemplate

/// One case of go-template.json. Keys that are missing have their usual value.
struct GoTemplateCase {
    enum Expectation {
        case output([UInt8])
        /// A phase or text of nil is not compared.
        case failure(phase: TemplateError.Phase?, text: String?, partial: [UInt8]?)
        /// Parsing succeeds; nothing is executed.
        case parses
    }

    let json: LiteralJSON

    var id: String { json["id"]?.string ?? "?" }
    var group: String { json["group"]?.string ?? "?" }
    var template: String? { json["template"]?.string }
    var name: String { json["name"]?.string ?? "" }
    var note: String { json["note"]?.string ?? "" }
    var furtherTexts: [String] { (json["parse_first"]?.array ?? []).compactMap(\.string) }

    var functions: TemplateFunctions {
        json["funcs"]?.string == "upstream" ? .upstreamHelpers : .docker
    }

    var options: TemplateOptions {
        switch json["option"]?.string {
        case "missingkey=error": TemplateOptions(missingKey: .error)
        case "missingkey=zero": TemplateOptions(missingKey: .zero)
        default: TemplateOptions()
        }
    }

    var data: TemplateValue {
        GoValueReader(numbers: json["numbers"]?.string).value(json["data"] ?? .null)
    }

    /// What docker 28 does: its Go is newer than the one that computed the file, and its `join` stricter.
    var expectation: Expectation {
        if json["docker28"]?.string == "differs" {
            if note.hasPrefix("docker 28 fails here") { return .failure(phase: .execute, text: nil, partial: nil) }
            if let printed = printedByDocker28 { return .output(Array(printed.utf8)) }
        }
        guard json["ok"]?.bool ?? true else { return failure }
        if json["parse_only"]?.bool ?? false { return .parses }
        if let hex = json["expected_hex"]?.string { return .output(Self.bytes(hex)) }
        return .output(Array(withShortEscapes(json["expected"]?.string ?? "").utf8))
    }

    /// Since Go 1.22 JSON has the escapes \\b and \\f; the file is from Go 1.19.
    private func withShortEscapes(_ text: String) -> String {
        guard (template ?? "").contains("json") else { return text }
        return text.replacing("\\u0008", with: "\\b").replacing("\\u000c", with: "\\f")
    }

    /// Why the case does not hold for docker 28, if so.
    var reasonToLeaveOut: String? {
        // Go 1.19 escapes U+FDFF as unassigned; Go 1.24 knows Unicode 15, where it is a printable symbol.
        let isUnicode13 = (json["expected"]?.string ?? "").contains("\\uFDFF")
        return isUnicode13 ? "prints U+FDFF as Unicode 13 has it; docker 28's Go has Unicode 15" : nil
    }

    private var failure: Expectation {
        let phases: [String: TemplateError.Phase] = ["parse": .parse, "exec": .execute]
        let text = json["error"]?.string.map(inGo124)
        // docker 28 refuses what its join cannot take before calling it; this is the text of a later join.
        let isLaterJoin = text?.contains("error calling join: expected") ?? false
        return .failure(
            phase: phases[json["phase"]?.string ?? ""], text: isLaterJoin || isJoinOperand ? nil : text,
            partial: json["partial"]?.string.map { Array($0.utf8) })
    }

    /// Two texts that Go 1.24 changed, as docker 28.2.2 prints them: its lexer stops at a right parenthesis too many,
    /// and `call` names what it was given.
    private func inGo124(_ text: String) -> String {
        if text.contains("unexpected \")\" in ") {
            return text.replacing(/unexpected "\)" in .*/, with: "unexpected right paren")
        }
        guard let called = (template ?? "").firstMatch(of: /{{ *call (\.?\w+) *}}/) else { return text }
        return text.replacing("non-function of type", with: "non-function \(called.1) of type")
    }

    /// An operand of join with the wrong type: docker 28 names the type of the list, later ones that of the string.
    private var isJoinOperand: Bool {
        (template ?? "").contains("join") && (json["error"]?.string ?? "").contains("; got []interface {}")
    }

    /// `docker 28 (go1.24) accepts this and prints 'text\n'`; the newline is docker's.
    private var printedByDocker28: String? {
        guard let start = note.range(of: "accepts this and prints '") else { return nil }
        let rest = note[start.upperBound...]
        guard let end = rest.lastIndex(of: "'") else { return nil }
        var text = rest[..<end].replacing("\\n", with: "\n")
        if text.hasSuffix("\n") { text.removeLast() }
        return String(text)
    }

    private static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex.utf8)
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap { index in
            UInt8(String(decoding: digits[index...(index + 1)], as: UTF8.self), radix: 16)
        }
    }
}
