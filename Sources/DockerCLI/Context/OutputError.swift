// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A write to standard output or standard error that failed.
public struct OutputError: Error, Hashable, CustomStringConvertible {
    public let errno: Int32
    /// The stream's name, `/dev/stdout`.
    public let stream: String

    public init(errno: Int32, stream: String) {
        self.errno = errno
        self.stream = stream
    }

    /// The reader has gone: end quietly, as a process does that SIGPIPE kills.
    public var isBrokenPipe: Bool { errno == EPIPE }

    /// Go's words: `write /dev/stdout: no space left on device`.
    public var description: String {
        "write \(stream): \(SystemMessage.text(errno))"
    }
}
