// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import Glibc
import ImageStore
import NIOCore
import OCI

import protocol RegistryClient.BlobSource

/// A blob of the store as the source of an upload. What is read isn't verified: the registry does that.
struct StoredBlob: BlobSource {
    let store: ImageStore
    let digest: Digest
    let pool: BlockingPool

    func read(at offset: Int64, count: Int) async throws -> ByteBuffer {
        let path = store.blobPath(digest)
        return try await pool.run {
            let file = try OwnedFD(opening: path, flags: O_RDONLY | O_NOFOLLOW)
            var buffer = ByteBufferAllocator().buffer(capacity: count)
            try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { bytes in
                try file.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<count]), at: offset)
            }
            return buffer
        }
    }
}
