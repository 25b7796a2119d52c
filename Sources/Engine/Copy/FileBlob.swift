// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import NIOCore

import protocol RegistryClient.BlobSource

/// A blob in a file. What is read isn't verified.
struct FileBlob: BlobSource {
    let pool: BlockingPool
    let open: @Sendable () throws -> OwnedFD

    func read(at offset: Int64, count: Int) async throws -> ByteBuffer {
        let open = open
        return try await pool.run {
            let file = try open()
            var buffer = ByteBufferAllocator().buffer(capacity: count)
            try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { bytes in
                try file.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<count]), at: offset)
            }
            return buffer
        }
    }
}
