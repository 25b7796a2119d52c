// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Foundation
import Testing

@testable import Containers

struct LogTests {
    private func read(_ text: String, _ options: LogOptions) throws -> (out: String, err: String) {
        let path = "/tmp/dockerlite-log-\(UInt64.random(in: 0...UInt64.max))"
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        defer { unlink(path) }
        let output = OutputBuffer()
        let file = try OwnedFDBox(path)
        try file.read(options, into: output)
        return (output.out, output.err)
    }

    private static let log = """
        2026-01-02T03:04:05.000000001+00:00 stdout F one
        2026-01-02T03:04:06.100000000+00:00 stderr F two
        2026-01-02T03:04:07.000000000+00:00 stdout P thr
        2026-01-02T03:04:08.000000000+00:00 stdout F ee
        2026-01-02T03:04:09.000000000+00:00 stdout F 

        """

    @Test func `streams are kept apart and parts joined`() throws {
        let (out, err) = try read(Self.log, LogOptions())
        #expect(out == "one\nthree\n\n")
        #expect(err == "two\n")
    }

    @Test func `times stand in front of lines, not of parts`() throws {
        var options = LogOptions()
        options.showsTimestamps = true
        let (out, err) = try read(Self.log, options)
        #expect(
            out == """
                2026-01-02T03:04:05.000000001Z one
                2026-01-02T03:04:07.000000000Z three
                2026-01-02T03:04:09.000000000Z 

                """
        )
        #expect(err == "2026-01-02T03:04:06.100000000Z two\n")
    }

    @Test(arguments: [
        (0, ""), (1, "\n"), (2, "three\n\n"), (3, "three\n\n"), (4, "one\nthree\n\n"), (9, "one\nthree\n\n"),
    ])
    func `the tail counts whole lines`(count: Int, expected: String) throws {
        var options = LogOptions()
        options.tail = count
        #expect(try read(Self.log, options).out == expected)
    }

    @Test func `the tail of a long log is found from its end`() throws {
        let lines = (0..<5000).map {
            "2026-01-02T03:04:05.000000000+00:00 stdout F line \($0) \(String(repeating: "x", count: 60))"
        }
        var options = LogOptions()
        options.tail = 1500
        let (out, _) = try read(lines.joined(separator: "\n") + "\n", options)
        #expect(out.split(separator: "\n").count == 1500)
        #expect(out.hasPrefix("line 3500 "))
    }

    @Test func `since and until bound the time`() throws {
        var options = LogOptions()
        options.since = try Timestamp(rfc3339: "2026-01-02T03:04:06Z")
        options.until = try Timestamp(rfc3339: "2026-01-02T03:04:08Z")
        let (out, err) = try read(Self.log, options)
        #expect(out == "three\n")
        #expect(err == "two\n")
    }

    @Test func `a line cut by a crash is left out`() throws {
        #expect(try read(Self.log + "2026-01-02T03:0", LogOptions()).out == "one\nthree\n\n")
        #expect(try read("garbage\n" + Self.log, LogOptions()).out == "one\nthree\n\n")
    }

    @Test(.enabled(if: EngineFixture.canRun)) func `following ends with the container`() throws {
        let fixture = try EngineFixture()
        _ = try fixture.create(
            fixture.spec("sh", "-c", "echo a; sleep 0.2; echo b; echo e >&2; sleep 0.1; echo c"), name: "web")
        try fixture.engine.start("web")
        var options = LogOptions()
        options.follows = true
        let output = OutputBuffer()
        try fixture.engine.logs("web", options: options) { stream, bytes in output.add(stream, bytes) }
        #expect(output.out == "a\nb\nc\n")
        #expect(output.err == "e\n")
    }
}

final class OutputBuffer {
    var out = ""
    var err = ""

    func add(_ stream: LogStream, _ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        if stream == .stdout { out += text } else { err += text }
    }
}
