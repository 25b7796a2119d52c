// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import NIOCore
import OCI
import RegistryClient

import protocol RegistryClient.BlobSource

/// A blob on its way that is hashed as it passes: its last bytes are handed on only if it is what its descriptor says.
/// What is read a second time, after a broken upload, is left to the target's own check.
actor VerifiedBlob: BlobSource {
    private let base: any BlobSource
    private let descriptor: Descriptor
    private var hasher = SHA256Hasher()
    private var hashed: Int64 = 0
    /// Why it can't be had. An upload reports it as a failure of its own; what happened is here.
    private(set) var failure: (any Error)?

    init(_ base: any BlobSource, _ descriptor: Descriptor) {
        self.base = base
        self.descriptor = descriptor
    }

    func read(at offset: Int64, count: Int) async throws -> ByteBuffer {
        do {
            if let failure { throw failure }
            let bytes = try await base.read(at: offset, count: count)
            try check(bytes, at: offset)
            return bytes
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            failure = error
            // Final, whatever it was: the source has made its own attempts.
            throw RegistryError(.protocolViolation("\(error)"))
        }
    }

    private func check(_ bytes: ByteBuffer, at offset: Int64) throws {
        let end = offset + Int64(bytes.readableBytes)
        guard bytes.readableBytes > 0, end <= descriptor.size, offset <= hashed else {
            throw RegistryError(.shortBody(expected: descriptor.size, actual: offset))
        }
        guard end > hashed else { return }
        let known = Int(hashed - offset)
        bytes.withUnsafeReadableBytes { hasher.update(UnsafeRawBufferPointer(rebasing: $0[known...])) }
        hashed = end
        guard hashed == descriptor.size, hasher.finalize() != descriptor.digest else { return }
        throw RegistryError.digestMismatch(descriptor, resumed: false)
    }
}
