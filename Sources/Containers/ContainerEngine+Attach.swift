// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc

extension ContainerEngine {
    /// Copies the streams of a running container until it ends or the detach keys are typed.
    public func attach(_ name: String, options: AttachOptions) throws -> AttachOutcome {
        let id = try store.find(name)
        return try withWaiter(id) {
            let container = try inspect(id.hex)
            switch container.state.status {
            case .running: break
            case .paused: throw ContainerError.conflict("cannot attach to a paused container, unpause it first")
            case .restarting:
                throw ContainerError.conflict("cannot attach to a restarting container, wait until it is running")
            default: throw ContainerError.conflict("cannot attach to a stopped container, start it first")
            }
            var session = try connect(container, options)
            defer { close(session.descriptor) }
            // As docker's client: only a new size has a program draw its screen, or a shell its prompt.
            if container.spec.tty, let size = (options.stdout ?? options.stdin).flatMap({ TerminalSize(of: $0) }) {
                try resize(id.hex, to: TerminalSize(rows: size.rows &+ 1, columns: size.columns &+ 1))
            }
            if let outcome = session.run() { return outcome }
            return .exited(try awaitExit(id))
        }
    }

    /// Tells a container with a terminal its window's size.
    public func resize(_ name: String, to size: TerminalSize) throws {
        let directory = try store.directory(try store.find(name))
        Self.sendSize(size, to: directory.control)
    }

    /// A session with the monitor's socket, which lies too deep for a socket address: it is reached through the
    /// descriptor of its directory.
    func connect(_ container: Container, _ options: AttachOptions) throws -> AttachSession {
        let directory = try store.directory(container.id)
        let bundle = try OwnedFD(opening: directory.bundle, flags: O_RDONLY | O_DIRECTORY)
        let socket = clinux_connect_seqpacket("/proc/self/fd/\(bundle.rawValue)/attach")
        guard socket >= 0 else { throw IOError(errno: errno, operation: "connect", path: directory.attachSocket) }
        var wanted = options
        if !container.spec.openStdin { wanted.stdin = nil }
        return AttachSession(
            descriptor: socket, peer: .monitor, options: wanted, usesTerminal: container.spec.tty,
            signal: { _ = container.state.process?.signal($0) },
            resize: { Self.sendSize($0, to: directory.control) }
        )
    }

    /// conmon's control FIFO takes lines of "1 rows columns".
    private static func sendSize(_ size: TerminalSize, to path: String) {
        let control = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
        guard control >= 0 else { return }
        defer { close(control) }
        let line = Array("1 \(size.rows) \(size.columns)\n".utf8)
        _ = clinux_write_quietly(control, line, line.count)
    }
}
