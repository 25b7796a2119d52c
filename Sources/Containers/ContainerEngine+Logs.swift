// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import CLinux
import Glibc

extension ContainerEngine {
    /// Gives what a container wrote, in order, each piece with its stream.
    ///
    /// - Parameter sink: called with whole lines or, for output without a newline, with parts of one.
    public func logs(
        _ name: String, options: LogOptions, sink: @escaping (LogStream, [UInt8]) throws -> Void
    ) throws {
        let container = try inspect(name)
        guard container.spec.logDriver != "none" else {
            throw ContainerError.invalid("configured logging driver does not support reading")
        }
        let directory = try store.directory(container.id)
        let file: OwnedFD
        do {
            file = try OwnedFD(opening: directory.log, flags: O_RDONLY)
        } catch {
            // Never started: nothing was written.
            if error.errno == ENOENT { return }
            throw error
        }
        if let tail = options.tail { try LogReader.seek(file, tail: tail) }
        var reader = LogReader(options: options, sink: sink)
        try reader.drain(file)
        guard options.follows, container.state.isActive, !reader.isPastEnd else { return }
        try follow(container, file, &reader)
    }

    /// Reads on at each change of the log until the container has ended.
    private func follow(_ container: Container, _ file: borrowing OwnedFD, _ reader: inout LogReader) throws {
        let directory = try store.directory(container.id)
        let log = clinux_watch_directory(directory.log)
        let exits = clinux_watch_directory(directory.exits)
        let monitor = container.state.monitor.map { clinux_pidfd_open($0.pid) } ?? -1
        defer { for descriptor in [log, exits, monitor] where descriptor >= 0 { close(descriptor) } }
        var buffer = [UInt8](repeating: 0, count: 4096)
        while !reader.isPastEnd {
            let hasEnded =
                ContainerEnding(exitFileIn: directory, id: container.id) != nil
                || container.state.monitor?.isAlive != true
            try reader.drain(file)
            if hasEnded { return }
            var polled = [log, exits, monitor].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            poll(&polled, 3, -1)
            for index in 0..<2 where polled[index].revents != 0 { _ = read(polled[index].fd, &buffer, buffer.count) }
        }
    }
}
