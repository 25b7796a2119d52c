// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Both ends of a close-on-exec pipe; whatever is still open is closed at the end.
struct Pipe: ~Copyable {
    /// −1 once closed.
    private(set) var reader: Int32
    private(set) var writer: Int32

    init() throws(ContainerError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .system("pipe: \(String(cString: strerror(errno)))") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        reader = ends[0]
        writer = ends[1]
    }

    deinit {
        if reader >= 0 { close(reader) }
        if writer >= 0 { close(writer) }
    }

    mutating func closeReader() {
        if reader >= 0 { close(reader) }
        reader = -1
    }

    mutating func closeWriter() {
        if writer >= 0 { close(writer) }
        writer = -1
    }
}
