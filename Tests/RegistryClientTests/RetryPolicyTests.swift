// SPDX-License-Identifier: Apache-2.0

import NIOHTTP1
import OCI
import Testing

@testable import RegistryClient

struct RetryPolicyTests {
    private static func api(_ status: Int, _ code: APIErrorCode, retryAfter: Duration? = nil) -> RegistryError {
        RegistryError(
            .api(status: status, errors: [APIError(code, message: "m")]), retryAfter: retryAfter)
    }

    private let reset = RegistryError(.transport(.reset))

    @Test func `layers wait five seconds longer each time and give up at the fifth failure`() {
        var policy = RetryPolicy.layer(maxAttempts: 5)
        #expect(policy.next(after: reset) == .retry(after: .seconds(5)))
        #expect(policy.next(after: reset) == .retry(after: .seconds(10)))
        #expect(policy.next(after: reset) == .retry(after: .seconds(15)))
        #expect(policy.next(after: reset) == .retry(after: .seconds(20)))
        #expect(policy.next(after: reset) == .stop(reset))
    }

    @Test func `configurations wait twice as long each time`() {
        var policy = RetryPolicy.config
        let waits = (0..<4).map { _ in policy.next(after: reset) }
        #expect(waits == [250, 500, 1000, 2000].map { .retry(after: .milliseconds($0)) })
        #expect(policy.next(after: reset) == .stop(reset))
    }

    @Test func `progress of a megabyte starts the count anew, and the same bytes don't count twice`() {
        var policy = RetryPolicy.layer(maxAttempts: 3)
        #expect(policy.next(after: reset, frontier: 0) == .retry(after: .seconds(5)))
        #expect(policy.next(after: reset, frontier: 1 << 20) == .retry(after: .seconds(5)))
        #expect(policy.next(after: reset, frontier: 1 << 20) == .retry(after: .seconds(10)))
        #expect(policy.next(after: reset, frontier: 1 << 20) == .stop(reset))
    }

    @Test(arguments: [
        api(401, .unauthorized), api(403, .denied), api(400, .unsupported), api(404, .nameUnknown),
        api(404, .manifestUnknown), api(400, .unknown), RegistryError(.unknownBlob), RegistryError(.noBasicCredentials),
        RegistryError(.noToken), RegistryError(.transport(.tls(.unknownAuthority))),
        RegistryError(.unparsableResponse(status: 404, reason: "", body: "")),
        RegistryError(.caused(by: api(401, .unauthorized))),
    ])
    func `what would fail again is final`(error: RegistryError) {
        var policy = RetryPolicy.layer(maxAttempts: 5)
        #expect(error.disposition == .final)
        #expect(policy.next(after: error) == .stop(error))
    }

    @Test(arguments: [
        RegistryError(.transport(.reset)), RegistryError(.transport(.closed)), RegistryError(.transport(.idleTimeout)),
        RegistryError(.transport(.connect(address: "x", reason: "y"))), RegistryError(.unexpectedStatus(503)),
        RegistryError(.shortBody(expected: 2, actual: 1)), RegistryError(.longBody(expected: 1)),
        RegistryError(.rangeMismatch(asked: 1, answered: "")), RegistryError(.sizeMismatch(expected: 1, actual: 2)),
        api(408, .unknown),
    ])
    func `what may pass is tried again`(error: RegistryError) {
        #expect(error.disposition == .retry)
    }

    @Test func `a used up quota is not retried, a short pause is obeyed`() {
        #expect(Self.api(429, .tooManyRequests).disposition == .quota)
        #expect(Self.api(429, .tooManyRequests, retryAfter: .seconds(3600)).disposition == .quota)
        let closed = RegistryError(.unexpectedStatus(503), retryAfter: .seconds(3600))
        #expect(closed.disposition == .quota)
        var policy = RetryPolicy.layer(maxAttempts: 5)
        let pause = Self.api(429, .tooManyRequests, retryAfter: .seconds(30))
        #expect(policy.next(after: pause) == .retry(after: .seconds(30)))
        let short = Self.api(429, .tooManyRequests, retryAfter: .seconds(1))
        #expect(policy.next(after: short) == .retry(after: .seconds(10)))
    }

    @Test func `a wrong digest is final unless part of the bytes was older`() throws {
        let layer = try Descriptor.test("x")
        #expect(RegistryError.digestMismatch(layer, resumed: false).disposition == .final)
        #expect(RegistryError.digestMismatch(layer, resumed: true).disposition == .retry)
    }

    @Test func `documents are not retried when nothing listens`() {
        var policy = RetryPolicy.document
        let refused = RegistryError(.transport(.connect(address: "127.0.0.1:1", reason: "connection refused")))
        #expect(policy.next(after: refused) == .stop(refused))
        #expect(policy.next(after: reset) == .retry(after: .milliseconds(250)))
    }

    @Test func `the countdown runs by the second in docker's words`() async throws {
        let clock = ManualClock()
        var lines: [String] = []
        var failures = 1
        try await retrying(
            .layer(maxAttempts: 5), clock: clock.clock(), countdown: { lines.append(RetryPolicy.countdownText($0)) }
        ) {
            failures -= 1
            if failures >= 0 { throw RegistryError(.transport(.reset)) }
        }
        #expect(
            lines == [
                "Retrying in 5 seconds", "Retrying in 4 seconds", "Retrying in 3 seconds", "Retrying in 2 seconds",
                "Retrying in 1 second",
            ])
        #expect(clock.sleeps == Array(repeating: .seconds(1), count: 5))
    }

    @Test func `retry-after is read in seconds and as a date`() {
        #expect(RetryAfter.parse(["Retry-After": "120"]) == .seconds(120))
        let dates: HTTPHeaders = [
            "Date": "Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After": "Sun, 06 Nov 1994 08:50:07 GMT",
        ]
        #expect(RetryAfter.parse(dates) == .seconds(30))
        #expect(RetryAfter.parse(["Date": "Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After": "soon"]) == nil)
        #expect(RetryAfter.parse(["Retry-After": "-5"]) == nil)
        #expect(RetryAfter.parse([:]) == nil)
    }

    @Test(arguments: [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
        ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000), ("Fri, 31 Dec 2100 23:59:59 GMT", 4_133_980_799),
    ])
    func `http dates count from 1970`(text: String, seconds: Int) {
        #expect(HTTPDate.seconds(text) == seconds)
    }

    @Test(arguments: [
        "", "now", "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
    ])
    func `other dates are not read`(text: String) {
        #expect(HTTPDate.seconds(text) == nil)
    }

    @Test func `a pause of one host is everybody's, and of that host only`() {
        let pauses = HostPauses()
        let one = HTTPOrigin(scheme: .https, host: "a", port: 443)
        let other = HTTPOrigin(scheme: .https, host: "b", port: 443)
        pauses.pause(one, for: .seconds(10), now: .seconds(100))
        pauses.pause(one, for: .seconds(5), now: .seconds(100))
        #expect(pauses.remaining(one, now: .seconds(104)) == .seconds(6))
        #expect(pauses.remaining(other, now: .seconds(104)) == nil)
        #expect(pauses.remaining(one, now: .seconds(110)) == nil)
    }
}
