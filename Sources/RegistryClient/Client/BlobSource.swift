// SPDX-License-Identifier: Apache-2.0

public import NIOCore

/// The bytes of a blob to upload. Readable from anywhere, since a broken upload goes on where the registry says.
public protocol BlobSource: Sendable {
    /// - Parameters:
    ///   - offset: in bytes from the start of the blob.
    ///   - count: as many bytes, or fewer at the end of the blob; never none before it.
    func read(at offset: Int64, count: Int) async throws -> ByteBuffer
}
