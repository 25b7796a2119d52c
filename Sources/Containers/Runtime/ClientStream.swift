// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc

/// A stream of ours that gets what a program in a container prints.
struct ClientStream {
    let descriptor: Int32
    /// What errors call it.
    let name: String

    static func output(_ descriptor: Int32) -> ClientStream {
        ClientStream(descriptor: descriptor, name: "/dev/stdout")
    }
    static func errors(_ descriptor: Int32) -> ClientStream {
        ClientStream(descriptor: descriptor, name: "/dev/stderr")
    }

    /// Writes all of it, also to a stream that is in non-blocking mode; a reader that has gone is told without a signal.
    /// - Returns: why nothing more can be written.
    func write(_ bytes: UnsafeRawBufferPointer) -> AttachOutcome? {
        var rest = bytes
        while !rest.isEmpty {
            let written = clinux_write_quietly(descriptor, rest.baseAddress, rest.count)
            if written < 0, errno == EAGAIN {
                var polled = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = poll(&polled, 1, -1)
            } else if written < 0 {
                return .unwritable(stream: name, errno: errno)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, written)))
        }
        return nil
    }
}
