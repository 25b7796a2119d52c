// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Testing

@testable import Containers

struct ChildProcessTests {
    /// Descriptors as a busy process has them: the number that hands one over must not fall on another's source.
    @Test func `descriptors arrive whatever numbers they have here`() throws {
        let first = Foundation.Pipe()
        let second = Foundation.Pipe()
        let high = fcntl(second.fileHandleForWriting.fileDescriptor, F_DUPFD_CLOEXEC, 200)
        #expect(high >= 200)
        let child = try ChildProcess(
            "/bin/sh", ["-c", "echo one >&3; echo two >&4"], environment: [],
            descriptors: [
                .init(source: first.fileHandleForWriting.fileDescriptor, target: 3), .init(source: high, target: 4),
            ])
        #expect(child.wait() == 0)
        close(high)
        try first.fileHandleForWriting.close()
        try second.fileHandleForWriting.close()
        #expect(first.fileHandleForReading.readDataToEndOfFile() == Data("one\n".utf8))
        #expect(second.fileHandleForReading.readDataToEndOfFile() == Data("two\n".utf8))
    }
}
