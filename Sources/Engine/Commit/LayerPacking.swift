// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import ImageStore
import OCI
import TarArchive

/// Compresses a layer as it is written, and learns its diffID and size on the way.
final class LayerPacking {
    private var hasher = SHA256Hasher()
    private var scanner = LayerSizeScanner()
    private var gzip: ParallelGzip

    init(threads: Int, sink: @escaping ParallelGzip.Sink) {
        gzip = ParallelGzip(threads: threads, sink: sink)
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        hasher.update(bytes)
        try scanner.push(bytes)
        try gzip.write(bytes)
    }

    func finish() throws -> LayerFacts {
        try gzip.finish()
        return LayerFacts(
            diffID: hasher.finalize(), uncompressedSize: Int64(hasher.byteCount), size: try scanner.finish())
    }
}
