// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// Copies between our descriptors and a container's streams until either side is done.
///
/// The far side is a monitor's socket, whose packets begin with the number of the stream, or a terminal.
struct AttachSession {
    enum Peer {
        case monitor
        case terminal
    }

    let descriptor: Int32
    let peer: Peer
    var options: AttachOptions
    /// Whether the container has a terminal: raw mode, detach keys and window sizes apply.
    let usesTerminal: Bool
    /// Sends a signal to the container's process.
    let signal: (Int32) -> Void
    let resize: (TerminalSize) -> Void

    private var pendingInput: [UInt8] = []
    private var keys: DetachKeys
    private var inputIsOpen: Bool
    /// What ends the session before the container's side does.
    private var failure: AttachOutcome?
    /// How many of the signals sent on ask for an end.
    private var endings = 0

    init(
        descriptor: Int32, peer: Peer, options: AttachOptions, usesTerminal: Bool, signal: @escaping (Int32) -> Void,
        resize: @escaping (TerminalSize) -> Void
    ) {
        self.descriptor = descriptor
        self.peer = peer
        self.options = options
        self.usesTerminal = usesTerminal
        self.signal = signal
        self.resize = resize
        keys = options.detachKeys
        inputIsOpen = options.stdin != nil
    }

    /// Runs until the container's side closes; what else ends the session is returned.
    mutating func run() -> AttachOutcome? {
        let raw = usesTerminal ? options.stdin.flatMap { RawTerminal($0) } : nil
        let own = options.proxiesSignals ? SignalWatch.proxied : raw == nil ? [] : [SIGHUP, SIGINT, SIGQUIT, SIGTERM]
        let watch = SignalWatch(own + (usesTerminal ? [SIGWINCH] : []))
        announceSize()
        let outcome = pump(watch)
        raw?.restore()
        return outcome
    }

    private mutating func pump(_ watch: borrowing SignalWatch) -> AttachOutcome? {
        while true {
            let wantsInput = inputIsOpen && pendingInput.isEmpty
            var polled = [
                pollfd(fd: descriptor, events: Int16(POLLIN | (pendingInput.isEmpty ? 0 : POLLOUT)), revents: 0),
                pollfd(fd: wantsInput ? options.stdin ?? -1 : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: watch.descriptor, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&polled, 3, -1) >= 0 else {
                if errno == EINTR { continue }
                return nil
            }
            if polled[2].revents != 0 { handle(watch.pending()) }
            if let failure { return failure }
            if polled[0].revents & Int16(POLLOUT) != 0 { sendInput() }
            if polled[0].revents & Int16(POLLIN | POLLHUP | POLLERR) != 0, !receive() { return nil }
            if let failure { return failure }
            if polled[1].revents != 0, readInput() { return .detached }
        }
    }

    private mutating func handle(_ signals: [Int32]) {
        for number in signals {
            if number == SIGWINCH {
                announceSize()
            } else if options.proxiesSignals {
                signal(number)
                if number == SIGINT || number == SIGTERM { endings += 1 }
                if endings == 3 { failure = .abandoned }
            } else {
                // It ends this program, and it has to leave the terminal as it was.
                failure = .interrupted(signal: number)
            }
        }
    }

    private func announceSize() {
        guard usesTerminal, let size = (options.stdout ?? options.stdin).flatMap({ TerminalSize(of: $0) }) else {
            return
        }
        resize(size)
    }

    /// - Returns: `false` at the end of the container's output.
    private mutating func receive() -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0 { return errno == EINTR || errno == EAGAIN }
            guard count > 0 else { return false }
            let isError = peer == .monitor && buffer[0] == 3
            let target = isError ? options.stderr.map(ClientStream.errors) : options.stdout.map(ClientStream.output)
            failure = target?.write(UnsafeRawBufferPointer(rebasing: buffer[(peer == .monitor ? 1 : 0)..<count]))
            return true
        }
    }

    /// - Returns: whether the detach keys were typed.
    private mutating func readInput() -> Bool {
        guard let stdin = options.stdin else { return false }
        var buffer = [UInt8](repeating: 0, count: 8192)
        let count = read(stdin, &buffer, buffer.count)
        if count < 0, errno == EINTR || errno == EAGAIN { return false }
        guard count > 0 else {
            inputIsOpen = false
            endInput()
            return false
        }
        guard usesTerminal else {
            pendingInput = Array(buffer[..<count])
            return false
        }
        let (output, isComplete) = keys.filter(buffer[..<count])
        pendingInput = output
        return isComplete
    }

    private mutating func sendInput() {
        let count = pendingInput.withUnsafeBytes { bytes in
            peer == .monitor
                ? send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
                : clinux_write_quietly(descriptor, bytes.baseAddress, bytes.count)
        }
        if count < 0, errno == EAGAIN || errno == EINTR { return }
        pendingInput.removeFirst(count < 0 ? pendingInput.count : count)
    }

    private func endInput() {
        switch peer {
        case .monitor: shutdown(descriptor, Int32(SHUT_WR))
        case .terminal:
            var end: UInt8 = 4
            _ = clinux_write_quietly(descriptor, &end, 1)
        }
    }
}
