// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

@testable import DockerCLI

struct SignalTests {
    @Test func `a signal cancels a network verb, which then ends quietly with 128 plus the signal`() async {
        await #expect(processExitsWith: .exitCode(130)) {
            Self.runLive { context in
                kill(getpid(), SIGINT)
                try await Self.waitForCancellation()
                return .success
            }
        }
        await #expect(processExitsWith: .exitCode(143)) {
            Self.runLive { context in
                kill(getpid(), SIGTERM)
                try await Self.waitForCancellation()
                return .success
            }
        }
    }

    @Test func `work that is done in spite of a signal has its own code`() async {
        await #expect(processExitsWith: .exitCode(5)) {
            Self.runLive { _ in
                kill(getpid(), SIGINT)
                try? await Self.waitForCancellation()
                return ExitCode(5)
            }
        }
    }

    @Test func `the third signal ends the process at once`() async {
        await #expect(processExitsWith: .exitCode(1)) {
            Self.runLive { context in
                // The handler runs on another thread: send until the process is gone.
                while true { kill(getpid(), SIGINT) }
            }
        }
    }

    @Test func `child processes do not inherit ignored signals`() async {
        await #expect(processExitsWith: .exitCode(0)) {
            Self.runLive { _ in
                // The shell's mask of ignored signals: neither SIGINT (2) nor SIGTERM (15) in it.
                system("test $((0x$(sed -n 's/^SigIgn:.//p' /proc/self/status) & 0x4002)) -eq 0") == 0
                    ? .success : .failure
            }
        }
    }

    private static func waitForCancellation() async throws {
        let (forever, _) = AsyncStream.makeStream(of: Void.self)
        for await _ in forever {}
        try Task.checkCancellation()
    }

    private static func runLive(_ body: @escaping @Sendable (Context) async throws -> ExitCode) -> Never {
        let verb = Command("verb", "", arguments: .none) { _ in .network { _, context in try await body(context) } }
        let root = Command.root("docker", "", version: "1", [verb]) { _ in .globals { _, _ in } }
        var runner = CommandRunner(root: root, context: .live(arguments: ["docker"]))
        exit(runner.run(["verb"]).rawValue)
    }
}
