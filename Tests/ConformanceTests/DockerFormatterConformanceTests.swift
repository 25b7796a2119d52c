// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Foundation
import GoTemplate
import Testing

@testable import DockerCLI

/// docker-formatter.json: rows of every listing, through docker's formatter. docker 28 is the reference.
@Suite(.enabled(if: ConformanceFile.isAvailable("docker-formatter.json")))
struct DockerFormatterConformanceTests {
    /// Kinds that are checked elsewhere.
    private static let textKinds: Set<String> = ["truncate-id", "ellipsis"]

    @Test func `rows equal docker's`() throws {
        let file = try ConformanceFile("docker-formatter.json")
        let about = file.root["about"] as? [String: Any]
        let now = Timestamp(unixSeconds: (about?["computed_now_unix"] as? NSNumber)?.int64Value ?? 0)
        var reports: [String: ConformanceReport] = [:]
        for entry in file.cases() {
            guard let kind = entry["kind"] as? String, !Self.textKinds.contains(kind) else { continue }
            let check = FormatterCase(entry: entry, now: now)
            var report = reports[kind] ?? ConformanceReport(file: "\(file.name), kind \(kind)")
            if let reason = check.reasonToLeaveOut {
                report.leaveOut(reason)
            } else if let actual = check.output() {
                report.check(check.id, check.isExpected(actual), "got \(actual), not \(check.wanted)")
            } else {
                report.leaveOut("no rows of this kind here")
            }
            reports[kind] = report
        }
        for (_, report) in reports.sorted(by: { $0.key < $1.key }) { report.finish() }
    }

    @Test func `inspected objects equal docker's`() throws {
        let file = try ConformanceFile("docker-formatter.json")
        var report = ConformanceReport(file: "\(file.name), inspector")
        for entry in file.cases("inspector") {
            let check = InspectorCase(entry: entry)
            report.check(check.origin, check.isExpected, "got \(check.actual), not \(check.wanted)")
        }
        report.finish()
    }
}
