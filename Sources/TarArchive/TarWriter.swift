// SPDX-License-Identifier: Apache-2.0

/// Writes a deterministic archive: the same entries give the same bytes, on every machine and in every run.
///
/// The format is ustar with a pax header for what does not fit: names that are long or not ASCII, big sizes and ids,
/// times before 1970, extended attributes and, where asked for, nanoseconds. No user names, no access times, pax keys
/// sorted; the choices are those of Go's archive/tar, so that layers look as docker's do.
public struct TarWriter {
    public typealias Sink = (UnsafeRawBufferPointer) throws -> Void

    private let sink: Sink
    private let keepsNanoseconds: Bool
    private var remaining: Int64 = 0
    private var padding = 0
    /// How many bytes were written so far.
    public private(set) var byteCount: Int64 = 0

    /// With `keepsNanoseconds` false, times are cut to seconds, as docker does in the layers it makes.
    public init(keepsNanoseconds: Bool = false, sink: @escaping Sink) {
        self.sink = sink
        self.keepsNanoseconds = keepsNanoseconds
    }

    /// Starts an entry; its `size` bytes of data must follow through `write`. Holes of sparse files are written out.
    public mutating func add(_ entry: TarEntry) throws {
        try endEntry()
        let header = try TarHeader(entry, keepsNanoseconds: keepsNanoseconds)
        try emit(header.bytes)
        remaining = entry.kind == .file ? entry.size : 0
        padding = Int((512 - remaining % 512) % 512)
    }

    /// Adds data to the current entry.
    public mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard Int64(bytes.count) <= remaining else {
            throw TarWriteError.tooMuchData(by: Int64(bytes.count) - remaining)
        }
        remaining -= Int64(bytes.count)
        byteCount += Int64(bytes.count)
        try sink(bytes)
    }

    public mutating func write(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try write($0) }
    }

    /// Ends the archive with its two zero blocks.
    public mutating func finish() throws {
        try endEntry()
        try emit([UInt8](repeating: 0, count: 2 * TarBlock.size))
    }

    private mutating func endEntry() throws {
        guard remaining == 0 else { throw TarWriteError.missingData(remaining) }
        if padding > 0 { try emit([UInt8](repeating: 0, count: padding)) }
        padding = 0
    }

    private mutating func emit(_ bytes: [UInt8]) throws {
        byteCount += Int64(bytes.count)
        try bytes.withUnsafeBytes { try sink($0) }
    }
}
