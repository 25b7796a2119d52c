// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Foundation
import Testing

/// The section `commands` of docker-formatter.json: command lines and what docker's client makes of an engine's answer.
@Suite(.enabled(if: ConformanceFile.isAvailable("docker-formatter.json")))
struct CommandConformanceTests {
    @Test func `command lines print what docker's client prints`() async throws {
        let file = try ConformanceFile("docker-formatter.json")
        let about = file.root["about"] as? [String: Any]
        let now = Timestamp(unixSeconds: (about?["computed_now_unix"] as? NSNumber)?.int64Value ?? 0)
        var report = ConformanceReport(file: "\(file.name), commands")
        for entry in file.cases("commands") {
            let check = CommandCase(entry: entry, now: now)
            if let reason = check.reasonToLeaveOut {
                report.leaveOut(reason)
                continue
            }
            let found = try await check.differences()
            report.check(check.name, found.isEmpty, found)
        }
        report.finish()
    }
}
