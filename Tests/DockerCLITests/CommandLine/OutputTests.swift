// SPDX-License-Identifier: Apache-2.0
import DockerFormat
import Glibc
import Synchronization
import Testing

@testable import DockerCLI

struct OutputTests {
    /// Remembers what was written, call by call.
    private final class Recorder: Sendable {
        let writes = Mutex<[String]>([])

        func output(isBuffered: Bool, after preceding: Output? = nil) -> Output {
            Output(isBuffered: isBuffered, after: preceding) { bytes throws(OutputError) in
                self.writes.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
            }
        }
    }

    @Test func `output is collected and written once`() throws {
        let recorder = Recorder()
        let output = recorder.output(isBuffered: true)
        output.print("a")
        output.write("b")
        try output.flush()
        try output.flush()
        #expect(recorder.writes.withLock { $0 } == ["a\nb"])
    }

    @Test func `what was printed first is seen first`() throws {
        let recorder = Recorder()
        let out = recorder.output(isBuffered: true)
        let err = recorder.output(isBuffered: false, after: out)
        let input = Input(after: out) { Array("y\n".utf8) }
        out.print("one")
        err.print("two")
        out.write("sure? ")
        #expect(try input.readLine() == "y")
        #expect(recorder.writes.withLock { $0 } == ["one\n", "two\n", "sure? "])
    }

    @Test func `input has a limit`() throws {
        let rest = Mutex(["abc", "def"])
        let input = Input { rest.withLock { $0.isEmpty ? [] : Array($0.removeFirst().utf8) } }
        #expect(throws: StatusError.self) { try input.readAll(limit: 5) }
        #expect(try Input(source: { [] }).readAll(limit: 0) == [])
    }

    private static func root(_ verb: Command) -> Command {
        .root("docker", "", version: "1", [verb]) { _ in .globals { _, _ in } }
    }

    private static func verb(code: ExitCode = .success) -> Command {
        Command("verb", "", arguments: .none) { _ in
            .local { _, context in
                context.out.print("result")
                return code
            }
        }
    }

    private func outcome(failingWith errno: Int32, code: ExitCode = .success) -> TestContext.Outcome {
        var test = TestContext()
        test.context.out = Output(isBuffered: true) { _ throws(OutputError) in
            throw OutputError(errno: errno, stream: "/dev/stdout")
        }
        return test.run(Self.root(Self.verb(code: code)), ["verb"])
    }

    @Test func `a reader that has gone ends the process quietly`() {
        #expect(outcome(failingWith: EPIPE) == .init(code: 141))
        #expect(outcome(failingWith: EPIPE, code: ExitCode(3)) == .init(code: 141))
    }

    @Test func `a full disk is an error`() {
        #expect(outcome(failingWith: ENOSPC) == .init(code: 1, err: "write /dev/stdout: no space left on device\n"))
        #expect(outcome(failingWith: ENOSPC, code: ExitCode(3)).code == 3)
    }

    @Test func `the process's own streams report a full disk and a closed pipe`() async {
        await #expect(processExitsWith: .exitCode(1)) {
            dup2(open("/dev/full", O_WRONLY), STDOUT_FILENO)
            Self.runLive(Self.verb())
        }
        await #expect(processExitsWith: .exitCode(141)) {
            signal(SIGPIPE, SIG_IGN)
            var ends: [Int32] = [0, 0]
            pipe(&ends)
            close(ends[0])
            dup2(ends[1], STDOUT_FILENO)
            Self.runLive(Self.verb())
        }
    }

    private static func runLive(_ verb: Command) -> Never {
        var runner = CommandRunner(root: root(verb), context: .live(arguments: ["docker"]))
        exit(runner.run(["verb"]).rawValue)
    }
}
