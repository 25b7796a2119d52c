// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// The standard output and error of a program in a container, on their way to descriptors of ours.
struct StreamRelay: ~Copyable {
    /// What the program left behind may hold its streams for ever: as docker's engine, nobody waits longer.
    private static let patience: Int64 = 2_000_000_000

    private var output: Pipe
    private var errors: Pipe

    init() throws(ContainerError) {
        let first = try Pipe()
        let second = try Pipe()
        output = first
        errors = second
    }

    /// What the program gets.
    var descriptors: [ChildProcess.Descriptor] {
        [
            ChildProcess.Descriptor(source: output.writer, target: 1),
            ChildProcess.Descriptor(source: errors.writer, target: 2),
        ]
    }

    /// Copies until the program has ended and nobody holds the streams any more.
    ///
    /// - Parameter program: its process, a child of ours.
    /// - Returns: why it stopped before that.
    mutating func run(until program: ChildProcess, stdout: Int32, stderr: Int32) -> AttachOutcome? {
        output.closeWriter()
        errors.closeWriter()
        // Without one the streams' end has to do.
        let death = clinux_pidfd_open(program.pid)
        defer { if death >= 0 { close(death) } }
        var end: Deadline?
        while output.reader >= 0 || errors.reader >= 0 {
            var polled = [output.reader, errors.reader, end == nil ? death : -1].map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            let ready = poll(&polled, nfds_t(polled.count), (end ?? .never).remainingMilliseconds)
            if ready == 0 || ready < 0 && errno != EINTR || end?.remainingMilliseconds == 0 { return nil }
            guard ready > 0 else { continue }
            if polled[0].revents != 0, let end = Self.pass(&output, to: .output(stdout)) { return end }
            if polled[1].revents != 0, let end = Self.pass(&errors, to: .errors(stderr)) { return end }
            if polled[2].revents != 0 { end = Deadline(nanoseconds: Self.patience) }
        }
        return nil
    }

    /// Passes on what is there; a pipe that has ended is closed.
    /// - Returns: why nothing more can be passed on.
    private static func pass(_ pipe: inout Pipe, to target: ClientStream) -> AttachOutcome? {
        withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
            let count = read(pipe.reader, buffer.baseAddress, buffer.count)
            guard count > 0 else {
                if count == 0 || errno != EINTR { pipe.closeReader() }
                return nil
            }
            return target.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }
}
