// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// Passes the standard error of a program on, but keeps what the runtime itself writes there when the program cannot
/// be run: the runtime and the program share the descriptor, and the user is told of such a failure in another place.
struct ErrorRelay {
    /// The runtime, which ends with the program.
    let child: ChildProcess
    let source: Int32
    let target: Int32
    /// Whether the program runs or has run, so that what comes is the program's.
    let hasStarted: () -> Bool

    /// Relays until the runtime ends.
    /// - Returns: its exit code, and what has not been passed on.
    func run() -> (code: Int32, held: [UInt8]) {
        let death = clinux_pidfd_open(child.pid)
        defer { if death >= 0 { close(death) } }
        var polled = [
            pollfd(fd: source, events: Int16(POLLIN), revents: 0), pollfd(fd: death, events: Int16(POLLIN), revents: 0),
        ]
        var held: [UInt8] = []
        while polled.contains(where: { $0.fd >= 0 }) {
            // The program's first words may come before the runtime has noted that it runs.
            guard poll(&polled, nfds_t(polled.count), held.isEmpty ? -1 : 2) >= 0 || errno == EINTR else { break }
            if polled[0].revents != 0, !receive(into: &held) { polled[0].fd = -1 }
            if !held.isEmpty, hasStarted() { pass(&held) }
            // What the program left behind may hold the pipe open for ever; docker doesn't wait for that either.
            if polled[1].fd >= 0, polled[1].revents != 0 { break }
        }
        while isReadable, receive(into: &held) {}
        let code = child.wait()
        if hasStarted() { pass(&held) }
        return (code, held)
    }

    private var isReadable: Bool {
        var polled = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
        return poll(&polled, 1, 0) > 0
    }

    private func receive(into held: inout [UInt8]) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = read(source, &buffer, buffer.count)
        guard count > 0 else { return count < 0 && errno == EINTR }
        held += buffer[..<count]
        return true
    }

    private func pass(_ held: inout [UInt8]) {
        var rest = held[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(target, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { break }
            rest = rest.dropFirst(max(0, count))
        }
        held = []
    }
}
