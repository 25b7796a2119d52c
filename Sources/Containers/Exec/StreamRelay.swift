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
    mutating func run(until program: ChildProcess, stdout: Int32, stderr: Int32) {
        output.closeWriter()
        errors.closeWriter()
        let death = clinux_pidfd_open(program.pid)
        defer { if death >= 0 { close(death) } }
        var end = death >= 0 ? Deadline.never : Deadline(nanoseconds: Self.patience)
        var hasEnded = death < 0
        while output.reader >= 0 || errors.reader >= 0 {
            var polled = [output.reader, errors.reader, hasEnded ? -1 : death].map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            let ready = poll(&polled, nfds_t(polled.count), end.remainingMilliseconds)
            if ready == 0 { return }
            guard ready > 0 else { continue }
            if polled[0].revents != 0, !Self.pass(output.reader, to: stdout) { output.closeReader() }
            if polled[1].revents != 0, !Self.pass(errors.reader, to: stderr) { errors.closeReader() }
            if polled[2].revents != 0 {
                hasEnded = true
                end = Deadline(nanoseconds: Self.patience)
            }
        }
    }

    /// - Returns: false when there is nothing more to read, or nobody to write it to: then the program is to learn that
    ///   its stream is closed.
    private static func pass(_ source: Int32, to target: Int32) -> Bool {
        withUnsafeTemporaryAllocation(byteCount: 65_536, alignment: 16) { buffer in
            let count = read(source, buffer.baseAddress, buffer.count)
            guard count > 0 else { return count < 0 && errno == EINTR }
            var rest = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count])
            while !rest.isEmpty {
                let written = clinux_write_quietly(target, rest.baseAddress, rest.count)
                if written < 0, errno == EAGAIN {
                    var polled = pollfd(fd: target, events: Int16(POLLOUT), revents: 0)
                    _ = poll(&polled, 1, -1)
                } else if written < 0 {
                    return false
                }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, written)))
            }
            return true
        }
    }
}
