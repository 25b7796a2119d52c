// SPDX-License-Identifier: Apache-2.0
import Foundation
import GoTemplate
import Testing

/// Templates against the output and the error texts that Go and docker 28 gave for them.
@Suite struct GoTemplateConformanceTests {
    private static let file = "go-template.json"

    @Test(.enabled(if: ConformanceFile.isAvailable(file)))
    func `Templates print and fail as in Go`() throws {
        let directory = try #require(ConformanceFile.directory)
        let data = try Data(contentsOf: URL(fileURLWithPath: directory + "/" + Self.file))
        let root = try LiteralJSON(Array(data))
        var reports: [String: ConformanceReport] = [:]
        var total = ConformanceReport(file: Self.file)
        for json in root["cases"]?.array ?? [] {
            let testCase = GoTemplateCase(json: json)
            guard let template = testCase.template else {
                total.leaveOut("a case without a template")
                continue
            }
            if let reason = testCase.reasonToLeaveOut {
                total.leaveOut(reason)
                continue
            }
            let problem = Self.problem(testCase, template)
            let title = "\(testCase.id) [\(testCase.group)] \(template.debugDescription)"
            total.check(title, problem == nil, problem ?? "")
            reports[testCase.group, default: ConformanceReport(file: "  " + testCase.group)]
                .check(title, problem == nil, problem ?? "")
        }
        for (_, report) in reports.sorted(by: { $0.key < $1.key }) { report.finish() }
        total.finish()
    }

    /// What is wrong with the outcome of a case; nil when it is as expected.
    private static func problem(_ testCase: GoTemplateCase, _ text: String) -> String? {
        var output: [UInt8] = []
        var failure: TemplateError?
        do throws(TemplateError) {
            var template = try Template(
                text, name: testCase.name, functions: testCase.functions, options: testCase.options)
            for further in testCase.furtherTexts { try template.parse(further) }
            if case .parses = testCase.expectation { return nil }
            if case .failure(.parse?, _, _) = testCase.expectation { return "parses" }
            try template.execute(testCase.data, into: &output)
        } catch {
            failure = error
        }
        switch testCase.expectation {
        case .parses: return failure.map { "fails with \($0.message.debugDescription)" }
        case .output(let expected):
            if let failure { return "fails with \(failure.message.debugDescription)" }
            if Self.masked(output) == Self.masked(expected) { return nil }
            return "prints \(Self.shown(output)), not \(Self.shown(expected))"
        case .failure(let phase, let text, let partial):
            guard let failure else { return "prints \(Self.shown(output)), should fail: \(text ?? "")" }
            if let phase, phase != failure.phase { return "fails in phase \(failure.phase): \(failure.message)" }
            if let text, Self.masked(Array(text.utf8)) != Self.masked(Array(failure.message.utf8)) {
                return "fails with \(failure.message), not \(text)"
            }
            if let partial, Self.masked(partial) != Self.masked(output) {
                return "prints \(Self.shown(output)) before failing"
            }
            return nil
        }
    }

    private static func shown(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).debugDescription
    }

    /// Addresses of pointers differ from run to run.
    private static func masked(_ bytes: [UInt8]) -> [UInt8] {
        guard let text = String(validating: bytes, as: UTF8.self), text.contains("0xc0") else { return bytes }
        return Array(text.replacing(/0xc0[0-9a-f]{8}/, with: "0xADDRESS").utf8)
    }
}
