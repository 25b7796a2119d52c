// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Glibc
import Synchronization

/// The one place where the synchronous program enters asynchronous code: a root task that signals cancel.
enum NetworkTask {
    private struct State {
        var result: Result<ExitCode, any Error> = .success(.failure)
        /// SIGINT and SIGTERM so far, and the first one.
        var signalCount = 0
        var firstSignal: Int32?
    }

    /// Runs `body` and waits. The first SIGINT or SIGTERM cancels it: when it has cleaned up, the exit code is 128 plus
    /// the signal and nothing more is said. The third one ends the process at once, as in docker.
    static func run(
        _ context: Context, _ body: @escaping @Sendable () async throws -> ExitCode
    ) throws -> ExitCode {
        let shared = Shared()
        let finished = DispatchSemaphore(value: 0)
        let task = Task {
            let result: Result<ExitCode, any Error>
            do { result = .success(try await body()) } catch { result = .failure(error) }
            shared.state.withLock { $0.result = result }
            finished.signal()
        }
        let sources = [SIGINT, SIGTERM].map { number in
            watch(number) {
                let count = shared.state.withLock { state in
                    state.signalCount += 1
                    state.firstSignal = state.firstSignal ?? number
                    return state.signalCount
                }
                if count == 1 { task.cancel() }
                if count >= 3 {
                    context.err.write("\ngot 3 SIGTERM/SIGINTs, forcefully exiting\n")
                    exit(1)
                }
            }
        }
        finished.wait()
        for source in sources { source.cancel() }
        let (result, signal) = shared.state.withLock { ($0.result, $0.firstSignal) }
        if let signal { return .signal(signal) }
        return try result.get()
    }

    /// A Mutex can't be captured by itself.
    private final class Shared: Sendable {
        let state = Mutex(State())
    }

    private static func watch(
        _ number: Int32, _ handler: @escaping @Sendable () -> Void
    ) -> any DispatchSourceSignal {
        // The default action would end the process before the source sees the signal.
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler(handler: handler)
        source.resume()
        return source
    }
}
