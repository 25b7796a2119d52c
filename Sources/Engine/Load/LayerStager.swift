// SPDX-License-Identifier: Apache-2.0
import ByteStreams
import ImageStore
import OCI
import TarArchive

/// Takes the bytes of a layer once: to the disk, into its hash, and through the inflater into its diffID and size.
struct LayerStager: ~Copyable {
    private var writer: BatchWriter
    private var digester: LayerDigester
    private var failure: (any Error)?
    private var head: [UInt8] = []

    init(_ writer: consuming BatchWriter, limits: InflateLimits) {
        digester = LayerDigester(inflateLimits: limits)
        self.writer = writer
    }

    mutating func push(_ bytes: UnsafeRawBufferPointer) throws {
        if head.count < Compression.prefixLength { head += bytes.prefix(Compression.prefixLength - head.count) }
        try writer.append(bytes)
        guard failure == nil else { return }
        do { try digester.push(bytes) } catch { failure = error }
    }

    /// A file that is no layer is none by its facts; whether it had to be one decides who refers to it.
    consuming func finish() -> StagedLayer {
        let result: Result<LayerFacts, any Error>
        if let failure {
            result = .failure(failure)
        } else {
            do { result = .success(LayerFacts(try digester.finish())) } catch { result = .failure(error) }
        }
        return StagedLayer(file: writer.finish(), compression: Compression.detect(head), facts: result)
    }
}
