// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// Signals of this process, delivered as bytes of a pipe that poll(2) can wait for.
struct SignalWatch: ~Copyable {
    /// Readable when a signal has come; −1 when another watch is active.
    let descriptor: Int32

    /// What docker's client sends on: everything a program may want to handle.
    static let proxied = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGUSR1, SIGUSR2, SIGCONT, SIGALRM]

    init(_ signals: [Int32]) {
        descriptor = clinux_signal_pipe_open(signals, signals.count)
    }

    deinit {
        if descriptor >= 0 { clinux_signal_pipe_close() }
    }

    /// The signals that have come since.
    borrowing func pending() -> [Int32] {
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &buffer, buffer.count)
        return count > 0 ? buffer[..<count].map(Int32.init) : []
    }
}
