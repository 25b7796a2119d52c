// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A read from standard input that failed.
public struct InputError: Error, Hashable, CustomStringConvertible {
    public let errno: Int32

    public init(errno: Int32) {
        self.errno = errno
    }

    public var description: String { "read /dev/stdin: \(SystemMessage.text(errno))" }
}
