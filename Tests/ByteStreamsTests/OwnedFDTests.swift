// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import ByteStreams

@Suite struct OwnedFDTests {
    @Test func `errors read as Go prints them`() {
        let error = #expect(throws: IOError.self) { _ = try OwnedFD(opening: "/no/such", flags: O_RDONLY).rawValue }
        #expect(error?.description == "open /no/such: no such file or directory")
        #expect(error?.errno == ENOENT)
        #expect(IOError(errno: EIO, operation: "fsync").description == "fsync: input/output error")
        #expect(IOError(errno: 9999, operation: "x").description == "x: errno 9999")
    }

    @Test func `a descriptor is closed with its owner and is close-on-exec`() throws {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        let reader = OwnedFD(adopting: ends[0])
        do {
            let writer = OwnedFD(adopting: ends[1])
            let copy = try writer.duplicate()
            #expect(fcntl(copy.rawValue, F_GETFD) & FD_CLOEXEC != 0)
            try copy.close()
        }
        // The end of the pipe shows that both writers are gone.
        #expect(try reader.readAll(limit: 1).isEmpty)
        let null = try OwnedFD(opening: "/dev/null", flags: O_RDONLY)
        #expect(fcntl(null.rawValue, F_GETFD) & FD_CLOEXEC != 0)
        #expect(throws: IOError(errno: EBADF, operation: "close")) { try OwnedFD(adopting: -1).close() }
    }

    @Test func `reads and writes at offsets`() throws {
        let path = NSTemporaryDirectory() + "ownedfd-\(UUID().uuidString)"
        defer { unlink(path) }
        let fd = try OwnedFD(opening: path, flags: O_RDWR | O_CREAT | O_EXCL)
        try Array("hello world".utf8).withUnsafeBytes { try fd.write($0) }
        try Array("HELLO".utf8).withUnsafeBytes { try fd.write($0, at: 0) }
        try fd.truncate(to: 8)
        try fd.sync()
        var buffer = [UInt8](repeating: 0, count: 20)
        let count = try buffer.withUnsafeMutableBytes { try fd.read(into: $0, at: 1) }
        #expect(String(decoding: buffer[..<count], as: UTF8.self) == "ELLO wo")
        #expect(try fd.status().st_size == 8)
        let reader = try OwnedFD(opening: path, flags: O_RDONLY)
        #expect(throws: IOError(errno: EFBIG, operation: "read")) { try reader.readAll(limit: 7) }
        let again = try OwnedFD(opening: path, flags: O_RDONLY)
        #expect(try again.readAll(limit: 8).count == 8)
    }
}
