// SPDX-License-Identifier: Apache-2.0
import ByteStreams

/// The hash and the size of a layer's tar as it streams by.
struct TarDigest: Sendable {
    var hasher = SHA256Hasher()
    var scanner: LayerSizeScanner

    mutating func push(_ bytes: UnsafeRawBufferPointer) throws(TarError) {
        hasher.update(bytes)
        try scanner.push(bytes)
    }
}
