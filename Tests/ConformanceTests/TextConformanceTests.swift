// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Testing

/// The kinds of docker-formatter.json that are text alone, without a template or an object.
@Suite(.enabled(if: ConformanceFile.isAvailable("docker-formatter.json")))
struct TextConformanceTests {
    @Test func `short IDs and ellipses equal docker's`() throws {
        let file = try ConformanceFile("docker-formatter.json")
        var report = ConformanceReport(file: "\(file.name), kinds truncate-id and ellipsis")
        for entry in file.cases() {
            guard let kind = entry["kind"] as? String, ["truncate-id", "ellipsis"].contains(kind) else { continue }
            let input = try #require(entry["input"] as? String)
            let columns = (entry["params"] as? [String: Any])?["max"] as? Int ?? 0
            let actual = kind == "ellipsis" ? Ellipsis.shorten(input, columns: columns) : Ellipsis.shortID(input)
            report.check(entry["id"] as? String ?? input, actual == entry["expected"] as? String, actual)
        }
        report.finish()
    }
}
