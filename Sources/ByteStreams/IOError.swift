// SPDX-License-Identifier: Apache-2.0
import CLinux

/// A system call that failed: what was tried, on what, and the error number the kernel gave.
public struct IOError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The error number, `ENOENT` and so on.
    public let errno: Int32
    /// The call or action, in words of one syscall: "open", "fsync", "rename".
    public let operation: String
    /// The file acted on, as the user would name it; empty when there is none.
    public let path: String

    public init(errno: Int32, operation: String, path: String = "") {
        self.errno = errno
        self.operation = operation
        self.path = path
    }

    /// "open /a/b: no such file or directory", the shape and case of Go's `PathError`, which docker's users know.
    public var description: String {
        path.isEmpty ? "\(operation): \(reason)" : "\(operation) \(path): \(reason)"
    }

    /// The text of the error number alone, lower-case.
    public var reason: String {
        guard let pointer = clinux_error_text(errno) else { return "errno \(errno)" }
        let text = String(cString: pointer).utf8
        guard let first = text.first else { return "errno \(errno)" }
        let isCapital = first >= 0x41 && first <= 0x5A
        return String(decoding: [isCapital ? first | 0x20 : first] + Array(text.dropFirst()), as: UTF8.self)
    }
}
