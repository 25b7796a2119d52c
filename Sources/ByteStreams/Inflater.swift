// SPDX-License-Identifier: Apache-2.0

/// Push-style decompressor: compressed chunks in, plain chunks out through a closure, no threads and no waiting.
public struct Inflater: ~Copyable, Sendable {
    /// What a decoder hands its output to; the buffer is valid during the call only.
    public typealias Sink = (UnsafeRawBufferPointer) throws -> Void

    public let compression: Compression
    private let maxOutput: Int64
    /// How many bytes came out so far.
    public private(set) var outputCount: Int64 = 0
    private var gzip: GzipInflater?
    private var zstd: ZstdInflater?

    /// Throws `unsupported` for xz and bzip2.
    public init(_ compression: Compression, limits: InflateLimits = InflateLimits()) throws(InflateError) {
        switch compression {
        case .none:
            gzip = nil
            zstd = nil
        case .gzip:
            gzip = GzipInflater()
            zstd = nil
        case .zstd:
            gzip = nil
            zstd = try ZstdInflater(maxWindowLog: limits.maxZstdWindowLog)
        case .xz, .bzip2:
            throw .unsupported(compression)
        }
        self.compression = compression
        maxOutput = limits.maxOutput
    }

    /// Inflates one chunk; `emit` is called with each piece of output. Throws `InflateError` and whatever `emit` throws.
    public mutating func push(_ chunk: UnsafeRawBufferPointer, _ emit: Sink) throws {
        var total = outputCount
        let limit = maxOutput
        func counted(_ piece: UnsafeRawBufferPointer) throws {
            guard Int64(piece.count) <= limit - total else { throw InflateError.tooLarge(limit: limit) }
            total += Int64(piece.count)
            try emit(piece)
        }
        defer { outputCount = total }
        switch compression {
        case .gzip: try gzip?.push(chunk, counted)
        case .zstd: try zstd?.push(chunk, counted)
        case .none, .xz, .bzip2: if !chunk.isEmpty { try counted(chunk) }
        }
    }

    /// Says that no more input comes; throws `truncated` when the stream is not complete.
    public mutating func finish() throws(InflateError) {
        try gzip?.finish()
        try zstd?.finish()
    }
}
