// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Testing

@testable import Engine

struct PruneFilterTests {
    private static let moment = FilterMoment(now: Timestamp(unixSeconds: 1_000_000), zone: .utc)

    private func filter(_ conditions: (String, String)...) throws(FilterError) -> PruneFilter {
        try PruneFilter(conditions.map { FilterCondition($0.0, $0.1) }, at: Self.moment)
    }

    @Test func `labels must all be there, and not all of the excluded ones`() throws {
        let filter = try filter(("label", "a"), ("label", "b=1"), ("label!", "keep"), ("label!", "c=2"))
        #expect(filter.accepts(labels: ["a": "", "b": "1"]))
        #expect(!filter.accepts(labels: ["a": "", "b": "2"]))
        #expect(!filter.accepts(labels: ["b": "1"]))
        #expect(filter.accepts(labels: ["a": "", "b": "1", "keep": "x", "c": "3"]))
        #expect(!filter.accepts(labels: ["a": "", "b": "1", "keep": "x", "c": "2"]))
    }

    @Test func `without conditions everything passes`() throws {
        let filter = try filter()
        #expect(filter.accepts(labels: [:]) && filter.createdBefore == nil && filter.dangling == nil)
    }

    @Test func `until is a duration or a time, given once`() throws {
        #expect(try filter(("until", "1h30m")).createdBefore == Timestamp(unixSeconds: 994_600))
        #expect(try filter(("until", "900000"), ("until", "900000")).createdBefore == Timestamp(unixSeconds: 900_000))
        #expect(throws: FilterError.severalTimes) { try filter(("until", "1h"), ("until", "2h")) }
        #expect(throws: FilterError.invalidTime(.notATime("xx"))) { try filter(("until", "xx")) }
    }

    @Test func `other names are refused`() {
        #expect(throws: FilterError.unknownName("foo")) { try filter(("foo", "bar")) }
        #expect(throws: FilterError.unknownName("reference")) { try filter(("reference", "x")) }
        #expect(throws: FilterError.notBoolean(name: "dangling", values: ["2"])) { try filter(("dangling", "2")) }
    }
}
