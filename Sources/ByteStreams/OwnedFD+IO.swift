// SPDX-License-Identifier: Apache-2.0
public import Glibc

extension OwnedFD {
    /// Reads up to `buffer.count` bytes at the file position; 0 is the end of the file.
    public borrowing func read(into buffer: UnsafeMutableRawBufferPointer) throws(IOError) -> Int {
        while true {
            let count = Glibc.read(rawValue, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            let error = errno
            guard error == EINTR else { throw IOError(errno: error, operation: "read") }
        }
    }

    /// Reads up to `buffer.count` bytes at `offset`, leaving the file position alone; 0 is the end of the file.
    public borrowing func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int64) throws(IOError) -> Int {
        while true {
            let count = pread(rawValue, buffer.baseAddress, buffer.count, off_t(offset))
            if count >= 0 { return count }
            let error = errno
            guard error == EINTR else { throw IOError(errno: error, operation: "read") }
        }
    }

    /// The rest of the file from its position, refused with `EFBIG` when it is longer than `limit` bytes.
    public borrowing func readAll(limit: Int) throws(IOError) -> [UInt8] {
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count: Int
            do {
                count = try block.withUnsafeMutableBytes { try self.read(into: $0) }
            } catch let error as IOError {
                throw error
            } catch {
                throw IOError(errno: EIO, operation: "read")
            }
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else { throw IOError(errno: EFBIG, operation: "read") }
            bytes.append(contentsOf: block[..<count])
        }
    }

    /// Writes the whole buffer at the file position.
    public borrowing func write(_ buffer: UnsafeRawBufferPointer) throws(IOError) {
        var done = 0
        while done < buffer.count {
            let count = Glibc.write(rawValue, buffer.baseAddress.map { $0 + done }, buffer.count - done)
            let error = errno
            if count < 0, error != EINTR { throw IOError(errno: error, operation: "write") }
            done += max(count, 0)
        }
    }

    /// Writes all of `bytes` at the file position.
    public borrowing func write(_ bytes: [UInt8]) throws(IOError) {
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(IOError) in try write(buffer) }
        }
        try result.get()
    }

    /// Writes the whole buffer at `offset`, leaving the file position alone.
    public borrowing func write(_ buffer: UnsafeRawBufferPointer, at offset: Int64) throws(IOError) {
        var done = 0
        while done < buffer.count {
            let rest = buffer.count - done
            let count = pwrite(rawValue, buffer.baseAddress.map { $0 + done }, rest, off_t(offset) + done)
            let error = errno
            if count < 0, error != EINTR { throw IOError(errno: error, operation: "write") }
            done += max(count, 0)
        }
    }

    /// `fsync(2)`: data and metadata are on the disk when this returns. Works on directories too.
    public borrowing func sync() throws(IOError) {
        guard fsync(rawValue) == 0 else { throw IOError(errno: errno, operation: "fsync") }
    }

    /// `ftruncate(2)`.
    public borrowing func truncate(to size: Int64) throws(IOError) {
        guard ftruncate(rawValue, off_t(size)) == 0 else { throw IOError(errno: errno, operation: "truncate") }
    }

    /// `fstat(2)`.
    public borrowing func status() throws(IOError) -> stat {
        var result = stat()
        guard fstat(rawValue, &result) == 0 else { throw IOError(errno: errno, operation: "stat") }
        return result
    }
}
