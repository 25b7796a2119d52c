// SPDX-License-Identifier: Apache-2.0

/// Pull-style view of a stream that may be compressed: the magic number decides, as docker does.
///
/// Memory stays bounded on a decompression bomb: compressed input is taken in pieces of 32 KiB, each of which gzip can
/// blow up to 33 MB at most.
public final class InflatedSource {
    /// Fills a buffer and returns how much; 0 is the end.
    public typealias Source = (UnsafeMutableRawBufferPointer) throws -> Int

    private static let pieceSize = 32 * 1024

    private let source: Source
    private let limits: InflateLimits
    private var inflater: Inflater?
    private var piece = [UInt8](repeating: 0, count: pieceSize)
    private var pending: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    public init(limits: InflateLimits = InflateLimits(), _ source: @escaping Source) {
        self.source = source
        self.limits = limits
    }

    /// What the stream turned out to be; nil before the first read.
    public private(set) var compression: Compression?

    /// Fills `buffer` with plain bytes and returns how many; 0 is the end of a complete stream.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        if compression == nil { try begin() }
        while position == pending.count {
            if isAtEnd { return 0 }
            if compression == Compression.none { return try readPlain(into: buffer) }
            try inflateNextPiece()
        }
        let count = min(buffer.count, pending.count - position)
        pending.withUnsafeBytes {
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[position...].prefix(count)))
        }
        position += count
        return count
    }

    private func begin() throws {
        var head: [UInt8] = []
        while head.count < Compression.prefixLength {
            let count = try piece.withUnsafeMutableBytes { try source($0) }
            if count == 0 { break }
            head += piece[..<count]
        }
        let detected = Compression.detect(head)
        compression = detected
        inflater = try Inflater(detected, limits: limits)
        try head.withUnsafeBytes { try inflate($0) }
    }

    private func inflateNextPiece() throws {
        pending.removeAll(keepingCapacity: pending.capacity <= 1 << 20)
        position = 0
        let count = try piece.withUnsafeMutableBytes { try source($0) }
        guard count > 0 else {
            isAtEnd = true
            try inflater?.finish()
            return
        }
        try piece.withUnsafeBytes { try inflate(UnsafeRawBufferPointer(rebasing: $0.prefix(count))) }
    }

    private func inflate(_ bytes: UnsafeRawBufferPointer) throws {
        try inflater?.push(bytes) { pending.append(contentsOf: $0) }
    }

    /// Plain bytes need no copy of their own; they still pass the inflater, which keeps the limit.
    private func readPlain(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try source(buffer)
        if count == 0 { isAtEnd = true }
        try inflater?.push(UnsafeRawBufferPointer(rebasing: buffer.prefix(count))) { _ in }
        return count
    }
}
