// SPDX-License-Identifier: Apache-2.0
import Engine
import Testing

@testable import DockerCLI

struct PlainAndJSONProgressTests {
    private let events: [ProgressEvent] = [
        .message(id: "5", "Pulling from m"), .update("aaa", "Pulling fs layer"),
        .update("aaa", "Downloading", ProgressAmount(current: 10, total: 20)), .update("aaa", "Retrying in 5 seconds"),
        .message("Digest: sha256:0"),
    ]

    @Test func `plain lines leave byte counts out`() {
        var display = PlainProgressDisplay()
        let output = events.map { display.render($0, on: .unknown) }.joined()
        #expect(output == "5: Pulling from m\naaa: Pulling fs layer\naaa: Retrying in 5 seconds\nDigest: sha256:0\n")
    }

    @Test func `json is one object a line`() {
        var display = JSONProgressDisplay()
        let output = events.map { display.render($0, on: .unknown) }.joined()
        #expect(
            output == """
                {"type":"message","id":"5","status":"Pulling from m"}
                {"type":"update","id":"aaa","status":"Pulling fs layer"}
                {"type":"update","id":"aaa","status":"Downloading","current":10,"total":20}
                {"type":"update","id":"aaa","status":"Retrying in 5 seconds"}
                {"type":"message","status":"Digest: sha256:0"}

                """)
    }
}
