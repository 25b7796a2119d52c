// SPDX-License-Identifier: Apache-2.0
import TarArchive

/// Passes entries on and tells how long an archive of them is: `cp` reports the bytes of the archive that docker's
/// client would exchange with its engine.
final class MeasuredSink: EntrySink {
    private var sink: any EntrySink
    private var ruler = TarWriter { _ in }
    private let progress: (_ bytes: Int64) throws -> Void

    init(_ sink: any EntrySink, progress: @escaping (_ bytes: Int64) throws -> Void) {
        self.sink = sink
        self.progress = progress
    }

    func add(_ entry: TarEntry) throws {
        try ruler.add(entry)
        try sink.add(entry)
        try progress(ruler.byteCount)
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws {
        try ruler.write(bytes)
        try sink.write(bytes)
        try progress(ruler.byteCount)
    }

    func finish() throws {
        try ruler.finish()
        try sink.finish()
        try progress(ruler.byteCount)
    }
}
