// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Glibc
import Synchronization

/// The one place where the synchronous program enters asynchronous code: a root task that signals cancel.
final class NetworkTask: Sendable {
    private struct State {
        var task: Task<Void, Never>?
        var result: Result<ExitCode, any Error> = .success(.failure)
        /// SIGINT and SIGTERM so far, and the first one.
        var signalCount = 0
        var firstSignal: Int32?
    }

    private let state = Mutex(State())
    private let finished = DispatchSemaphore(value: 0)
    private let err: Output

    private init(err: Output) {
        self.err = err
    }

    /// Runs `body` and waits. The first SIGINT or SIGTERM cancels it: when it has cleaned up, the exit code is 128 plus
    /// the signal and nothing more is said. The third one ends the process at once, as in docker.
    static func run(_ context: Context, _ body: @escaping @Sendable () async throws -> ExitCode) throws -> ExitCode {
        let task = NetworkTask(err: context.err)
        let watches = [SIGINT, SIGTERM].map { number in (number, task.watch(number)) }
        task.start(body)
        task.finished.wait()
        for (number, watch) in watches {
            watch.source.cancel()
            // What follows is ended by signals as before.
            signal(number, watch.previous)
        }
        return try task.outcome()
    }

    /// Runs `body` as a part of a verb.
    /// - Throws: also, without a text, when a signal ended it.
    static func finish(_ context: Context, _ body: @escaping @Sendable () async throws -> Void) throws {
        let code = try run(context) {
            try await body()
            return .success
        }
        guard code == .success else { throw StatusError("", code: code) }
    }

    private func start(_ body: @escaping @Sendable () async throws -> ExitCode) {
        let task = Task(executorPreference: NetworkExecutor.shared) {
            let result: Result<ExitCode, any Error>
            do { result = .success(try await body()) } catch { result = .failure(error) }
            self.state.withLock { $0.result = result }
            self.finished.signal()
        }
        let isCancelled = state.withLock { state in
            state.task = task
            return state.signalCount > 0
        }
        if isCancelled { task.cancel() }
    }

    /// Work that was done before it noticed the signal counts as done.
    private func outcome() throws -> ExitCode {
        let (result, signal) = state.withLock { ($0.result, $0.firstSignal) }
        if case .failure = result, let signal { return .signal(signal) }
        return try result.get()
    }

    private func receive(_ number: Int32) {
        let (count, task) = state.withLock { state in
            state.signalCount += 1
            state.firstSignal = state.firstSignal ?? number
            return (state.signalCount, state.task)
        }
        task?.cancel()
        guard count >= 3 else { return }
        err.write("\ngot 3 SIGTERM/SIGINTs, forcefully exiting\n")
        exit(1)
    }

    private func watch(
        _ number: Int32
    ) -> (source: any DispatchSourceSignal, previous: (@convention(c) (Int32) -> Void)?) {
        // The default action would end the process before the source sees the signal. Child processes get the default
        // back; SIG_IGN they would inherit.
        let previous = signal(number) { _ in }
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        let registered = DispatchSemaphore(value: 0)
        source.setRegistrationHandler { registered.signal() }
        source.setEventHandler { self.receive(number) }
        source.resume()
        // A signal that comes before the source is in place would be lost.
        registered.wait()
        return (source, previous)
    }
}
