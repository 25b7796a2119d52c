// SPDX-License-Identifier: Apache-2.0
public import Glibc

/// Reads from what may stay silent for ever: a pipe, a terminal, a socket.
///
/// A read(2) that waits is not ended by the cancellation of its task, so that Ctrl-C on an archive from a silent pipe
/// would wait for the pipe.
public enum CancellableRead {
    /// How long a cancelled task may go on waiting, in milliseconds.
    private static let interval: Int32 = 50

    /// `read(2)`, as soon as there is something to be read; 0 is the end.
    /// - Throws: `IOError`, or `CancellationError` when the task is cancelled; outside of a task it just waits.
    public static func read(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        while true {
            var polled = [pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)]
            try wait(for: &polled)
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            // A pipe that was opened without waiting for its writer, whose bytes somebody else took.
            guard errno == EINTR || errno == EAGAIN else { throw IOError(errno: errno, operation: "read") }
        }
    }

    /// `poll(2)`, until one of the descriptors is ready.
    public static func wait(for descriptors: inout [pollfd]) throws {
        while true {
            try Task.checkCancellation()
            let ready = poll(&descriptors, nfds_t(descriptors.count), interval)
            if ready > 0 { return }
            guard ready == 0 || errno == EINTR else { throw IOError(errno: errno, operation: "poll") }
        }
    }
}
