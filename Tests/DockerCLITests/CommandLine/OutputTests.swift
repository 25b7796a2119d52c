// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization
import Testing

@testable import DockerCLI

struct OutputTests {
    @Test func `output is collected and written once`() throws {
        let writes = Mutex<[Int]>([])
        try withoutFailure { recorder in
            let output = Output(isBuffered: true) { bytes throws(OutputError) in recorder(bytes.count) }
            for _ in 0..<100 { output.print("0123456789") }
            try output.flush()
            try output.flush()
        } record: { count in
            writes.withLock { $0.append(count) }
        }
        #expect(writes.withLock { $0 } == [1100])
    }

    private func withoutFailure(
        _ body: (@escaping @Sendable (Int) -> Void) throws -> Void, record: @escaping @Sendable (Int) -> Void
    ) throws {
        try body(record)
    }

    private func outcome(failingWith errno: Int32, code: ExitCode = .success) -> TestContext.Outcome {
        var test = TestContext()
        test.context.out = Output(isBuffered: true) { _ throws(OutputError) in
            throw OutputError(errno: errno, stream: "/dev/stdout")
        }
        let verb = Command("verb", "", arguments: .none) { _ in
            .local { _, context in
                context.out.print("result")
                return code
            }
        }
        return test.run(.root("docker", "", version: "1", [verb]) { _ in .globals { _, _ in } }, ["verb"])
    }

    @Test func `a reader that has gone ends the process quietly`() {
        #expect(outcome(failingWith: EPIPE) == .init(code: 141))
        #expect(outcome(failingWith: EPIPE, code: ExitCode(3)) == .init(code: 141))
    }

    @Test func `a full disk is an error`() {
        #expect(
            outcome(failingWith: ENOSPC) == .init(code: 1, err: "write /dev/stdout: no space left on device\n"))
        #expect(outcome(failingWith: ENOSPC, code: ExitCode(3)).code == 3)
    }
}
