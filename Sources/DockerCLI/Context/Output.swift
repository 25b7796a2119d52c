// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Where a command prints: bytes are collected and written in few calls, standard error's at once.
///
/// Printing never fails; the first failed write is kept, what follows is dropped, and `flush` and the end of the
/// process report it. A command that prints without end must call `flush` now and then, so that it stops when nobody
/// reads.
public final class Output: Sendable {
    /// Writes all bytes or throws.
    public typealias Sink = @Sendable (_ bytes: [UInt8]) throws(OutputError) -> Void

    private struct State {
        var buffer: [UInt8] = []
        var failure: OutputError?
    }

    private static let capacity = 64 << 10
    private let state = Mutex(State())
    private let isBuffered: Bool
    private let preceding: Output?
    private let sink: Sink
    private let measure: @Sendable () -> ScreenSize?

    /// The descriptor behind the sink, for operations that stream into it; call `flush` first.
    public let fileDescriptor: Int32?

    /// - Parameter preceding: a stream whose bytes must be out before these, so that a terminal shows both in order.
    init(
        isBuffered: Bool, after preceding: Output? = nil, fileDescriptor: Int32? = nil,
        screen: @escaping @Sendable () -> ScreenSize? = { nil },
        sink: @escaping Sink
    ) {
        self.isBuffered = isBuffered
        self.preceding = preceding
        self.fileDescriptor = fileDescriptor
        self.measure = screen
        self.sink = sink
    }

    /// The terminal's size now; nil when this is no terminal.
    var screen: ScreenSize? { measure() }

    public var isTerminal: Bool { measure() != nil }

    /// Prints a line.
    public func print(_ text: String) {
        write(text + "\n")
    }

    /// Prints text as it is.
    public func write(_ text: String) {
        write(Array(text.utf8))
    }

    public func write(_ bytes: [UInt8]) {
        // Its failure is kept there and reported at the end.
        try? preceding?.flush()
        state.withLock { state in
            state.buffer += bytes
            if !isBuffered || state.buffer.count >= Self.capacity { drain(&state) }
        }
    }

    /// Writes what was collected.
    /// - Throws: the first failure of this stream, every time.
    public func flush() throws(OutputError) {
        let failure = state.withLock { state in
            drain(&state)
            return state.failure
        }
        if let failure { throw failure }
    }

    private func drain(_ state: inout State) {
        if state.failure == nil, !state.buffer.isEmpty {
            do throws(OutputError) { try sink(state.buffer) } catch { state.failure = error }
        }
        state.buffer.removeAll(keepingCapacity: true)
    }
}
