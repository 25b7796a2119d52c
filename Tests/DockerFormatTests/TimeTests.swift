// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Foundation
import Testing

struct TimeTests {
    private let kolkata = Zone.fixed(Zone.Offset(seconds: 19_800, abbreviation: "IST"))
    private let now = Timestamp(unixSeconds: 1_700_000_000, nanosecond: 999)

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0, 0), ("2024-02-29T12:30:45.000000001Z", 1_709_209_845, 1),
        ("0001-01-01T00:00:00Z", -62_135_596_800, 0), ("2023-11-15T03:43:20.5+05:30", 1_700_000_000, 500_000_000),
        ("1969-12-31T23:59:59.25Z", -1, 250_000_000), ("2023-11-14T22:13:20,123456789987Z", 1_700_000_000, 123_456_789),
    ])
    func `RFC 3339 keeps nanoseconds`(text: String, seconds: Int64, nanosecond: Int32) throws {
        #expect(try Timestamp(rfc3339: text) == Timestamp(unixSeconds: seconds, nanosecond: nanosecond))
    }

    @Test(arguments: [
        "2023-13-01T00:00:00Z": #"parsing time "2023-13-01T00:00:00Z": month out of range"#,
        "2023-02-29T00:00:00Z": #"parsing time "2023-02-29T00:00:00Z": day out of range"#,
        "2023-02-01T00:00:00Zx": #"parsing time "2023-02-01T00:00:00Zx": extra text: "x""#,
        "2023-02-01T00:00:00":
            #"parsing time "2023-02-01T00:00:00" as "2006-01-02T15:04:05.999999999Z07:00": cannot parse "" as "Z07:00""#,
        "yesterday":
            #"parsing time "yesterday" as "2006-01-02T15:04:05.999999999Z07:00": cannot parse "yesterday" as "2006""#,
    ])
    func `a bad time says where it stops making sense`(text: String, message: String) {
        let error = #expect(throws: TimeError.self) { try Timestamp(rfc3339: text) }
        #expect(error?.description == message)
    }

    @Test func `times print as Go prints them`() throws {
        let time = Timestamp(unixSeconds: 1_700_000_000, nanosecond: 120_000_000)
        #expect(time.rfc3339() == "2023-11-14T22:13:20Z")
        #expect(time.rfc3339(fraction: .asNeeded) == "2023-11-14T22:13:20.12Z")
        #expect(time.rfc3339(in: kolkata) == "2023-11-15T03:43:20+05:30")
        #expect(time.rfc3339(offset: -3 * 3600) == "2023-11-14T19:13:20-03:00")
        #expect(time.goString(in: kolkata) == "2023-11-15 03:43:20.12 +0530 IST")
        #expect(Timestamp.zero.goString(in: .utc) == "0001-01-01 00:00:00 +0000 UTC")
    }

    @Test func `days of eight centuries survive a round trip`() throws {
        for day in stride(from: Int64(-146_097), to: 146_097, by: 29) {
            let time = Timestamp(unixSeconds: day * 86_400 + 86_399)
            try #require(try Timestamp(rfc3339: time.rfc3339()) == time)
        }
    }

    @Test func `TZ that names no zone means UTC`() {
        let offset = Zone.local(environment: ["TZ": "Nowhere/Land"]).offset(at: 0)
        #expect(offset == Zone.Offset(seconds: 0, abbreviation: "UTC"))
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/usr/share/zoneinfo/America/New_York")))
    func `the local zone follows TZ`() async {
        await #expect(processExitsWith: .exitCode(0)) {
            setenv("TZ", "America/New_York", 1)
            let zone = Zone.local(environment: ["TZ": "America/New_York"])
            let winter = Timestamp(unixSeconds: 1_700_000_000).goString(in: zone)
            let summer = Timestamp(unixSeconds: 1_690_000_000).goString(in: zone)
            let isRight = winter.hasSuffix(" -0500 EST") && summer.hasSuffix(" -0400 EDT")
            exit(isRight ? 0 : 1)
        }
    }

    @Test(arguments: [
        ("10m", 1_700_000_000 - 600, 0), ("-1h", 1_700_003_600, 0), ("1699999999", 1_699_999_999, 0),
        ("0", 0, 0), ("1699999999.05", 1_699_999_999, 50_000_000), ("2023-11-14", 1_699_900_200, 0),
        ("2023-11-14T05", 1_699_918_200, 0), ("2023-11-14T05:06", 1_699_918_560, 0),
        ("2023-11-14T05:06:07", 1_699_918_567, 0), ("2023-11-14T05:06:07.5", 1_699_918_567, 500_000_000),
        ("2023-11-14Z", 1_699_920_000, 0), ("2023-11-14T05Z", 1_699_938_000, 0),
        ("2023-11-14T05:06+01:00", 1_699_934_760, 0), ("2023-11-14T05:06:07.25-01:00", 1_699_941_967, 250_000_000),
    ])
    func `filters take durations, dates and Unix times`(text: String, seconds: Int64, nanosecond: Int32) throws {
        let time = try FilterTime.parse(text, now: now, zone: kolkata)
        #expect(time == Timestamp(unixSeconds: seconds, nanosecond: nanosecond))
    }

    @Test(arguments: [
        "never": #"failed to parse value as time or duration: "never""#,
        "10d": #"failed to parse value as time or duration: "10d""#,
        "2023-11": #"parsing time "2023-11" as "2006-01-02": cannot parse "" as "-""#,
        "2023-11-14T25:00": #"parsing time "2023-11-14T25:00": hour out of range"#,
    ])
    func `a filter time that is none is refused with docker's words`(text: String, message: String) {
        let error = #expect(throws: TimeError.self) { try FilterTime.parse(text, now: now, zone: .utc) }
        #expect(error?.description == message)
    }

    @Test(arguments: [
        ("1h30m", 5_400_000_000_000, "1h30m0s"), ("1.5s", 1_500_000_000, "1.5s"), ("300ms", 300_000_000, "300ms"),
        ("-2us", -2000, "-2µs"), ("0", 0, "0s"), ("+5ns", 5, "5ns"), (".5m", 30_000_000_000, "30s"),
        ("-9223372036854775808ns", .min, "-2562047h47m16.854775808s"), ("1m1s1ms", 61_001_000_000, "1m1.001s"),
    ])
    func `durations read and print as in Go`(text: String, nanoseconds: Int64, printed: String) throws {
        let duration = try GoDuration(text)
        #expect(duration.nanoseconds == nanoseconds)
        #expect(duration.description == printed)
    }

    @Test(arguments: [
        "5": #"time: missing unit in duration "5""#, "3d": #"time: unknown unit "d" in duration "3d""#,
        "": #"time: invalid duration """#, "x": #"time: invalid duration "x""#, "-": #"time: invalid duration "-""#,
        "9223372036854775808ns9223372036854775808ns":
            #"time: invalid duration "9223372036854775808ns9223372036854775808ns""#,
        "9223372036854775808ns": #"time: invalid duration "9223372036854775808ns""#,
        "1é": #"time: unknown unit "\xc3\xa9" in duration "1\xc3\xa9""#,
    ])
    func `a duration that is none is refused with Go's words`(text: String, message: String) {
        let error = #expect(throws: GoDurationError.self) { try GoDuration(text) }
        #expect(error?.description == message)
    }

    @Test func `ages are told in round words and saturate`() {
        let start = Timestamp(unixSeconds: 0)
        #expect(HumanDuration.text(from: start, to: Timestamp(unixSeconds: 86_400 * 20)) == "2 weeks")
        #expect(HumanDuration.text(from: .zero, to: now) == "292 years")
        #expect(HumanDuration.text(from: now, to: start) == "Less than a second")
    }
}
