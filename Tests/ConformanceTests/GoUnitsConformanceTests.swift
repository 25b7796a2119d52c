// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Foundation
import Testing

@Suite(.enabled(if: ConformanceFile.isAvailable("go-units.json")))
struct GoUnitsConformanceTests {
    private static let overflow = "beyond 2^63 Go's conversion to int64 is undefined; we refuse"

    @Test func `sizes and durations equal go-units`() throws {
        let file = try ConformanceFile("go-units.json")
        var report = ConformanceReport(file: file.name)
        for entry in file.cases("sizes") + file.cases("precision") { try checkSize(entry, &report) }
        for entry in file.cases("parse") { try checkParse(entry, &report) }
        for entry in file.cases("duration") {
            let nanoseconds = try #require(entry["nanoseconds"] as? NSNumber).int64Value
            let actual = HumanDuration.text(nanoseconds: nanoseconds)
            report.check("\(nanoseconds) ns", actual == entry["expected"] as? String, "\(actual)")
        }
        report.finish()
    }

    private func checkSize(_ entry: [String: Any], _ report: inout ConformanceReport) throws {
        let size = try #require(entry["input"] as? NSNumber).doubleValue
        let function = try #require(entry["fn"] as? String)
        let digits = entry["precision"] as? Int ?? 4
        let actual = function == "BytesSize" ? HumanSize.binary(size) : HumanSize.decimal(size, digits: digits)
        report.check("\(function)(\(size), \(digits))", actual == entry["expected"] as? String, actual)
    }

    private func checkParse(_ entry: [String: Any], _ report: inout ConformanceReport) throws {
        let text = try #require(entry["input"] as? String)
        let function = try #require(entry["fn"] as? String)
        let expected = (entry["expected"] as? NSNumber)?.int64Value
        if expected == .min {
            report.leaveOut(Self.overflow)
            return
        }
        do throws(SizeError) {
            let actual = function == "RAMInBytes" ? try HumanSize.parseBinary(text) : try HumanSize.parseDecimal(text)
            report.check("\(function)(\(text))", actual == expected, "\(actual)")
        } catch {
            report.check("\(function)(\(text))", error.description == entry["error"] as? String, error.description)
        }
    }
}
