// SPDX-License-Identifier: Apache-2.0
import CISAL
import Synchronization

/// gzip (RFC 1952) as pigz does it: blocks of 128 KiB are deflated on several threads, each with the 32 KiB before it
/// as dictionary, and strung together to one ordinary stream.
///
/// The bytes depend on the input and the level alone, not on the number of threads or the pieces the input came in:
/// blocks begin at fixed offsets, the header has no name and no time.
public struct ParallelGzip {
    public typealias Sink = (UnsafeRawBufferPointer) throws -> Void

    static let blockSize = 128 * 1024
    static let dictionarySize = 32 * 1024
    private static let blocksPerThread = 4

    private let level: Int32
    private let threads: Int
    private let sink: Sink
    private let batchSize: Int
    private var pending: [UInt8] = []
    /// The end of what was compressed before `pending`.
    private var dictionary: [UInt8] = []
    private var crc: UInt32 = 0
    private var inputCount: UInt64 = 0
    private var hasHeader = false

    /// `level` is zlib's, 1 to 9; `threads` of 1 compresses on the calling thread.
    public init(level: Int32 = 6, threads: Int, sink: @escaping Sink) {
        self.level = level
        self.threads = max(1, threads)
        self.sink = sink
        batchSize = Self.blockSize * Self.blocksPerThread * max(1, threads)
    }

    public mutating func write(_ bytes: UnsafeRawBufferPointer) throws {
        guard let base = bytes.baseAddress else { return }
        crc = crc32_gzip_refl(crc, base.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
        inputCount += UInt64(bytes.count)
        var rest = bytes[...]
        while !rest.isEmpty {
            let piece = rest.prefix(batchSize - pending.count)
            pending.append(contentsOf: piece)
            rest = rest.dropFirst(piece.count)
            if pending.count == batchSize { try flush(isLast: false) }
        }
    }

    /// Writes what is left and the trailer; the stream is complete afterwards.
    public mutating func finish() throws {
        try flush(isLast: true)
        var trailer: [UInt8] = []
        withUnsafeBytes(of: crc.littleEndian) { trailer.append(contentsOf: $0) }
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: inputCount).littleEndian) { trailer.append(contentsOf: $0) }
        try trailer.withUnsafeBytes { try sink($0) }
    }

    private mutating func flush(isLast: Bool) throws {
        if !hasHeader {
            // Deflate, no flags, no time, no extra flags, operating system unknown.
            let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
            try header.withUnsafeBytes { try sink($0) }
            hasHeader = true
        }
        for block in try compress(isLast: isLast) { try block.withUnsafeBytes { try sink($0) } }
        dictionary = Array((dictionary + pending.suffix(Self.dictionarySize)).suffix(Self.dictionarySize))
        pending.removeAll(keepingCapacity: true)
    }

    /// All blocks of the batch, compressed. The last block of the stream is what remains after the full ones, even
    /// when that is nothing, so that batches of any size give the same blocks.
    private func compress(isLast: Bool) throws -> [[UInt8]] {
        let full = pending.count / Self.blockSize
        let count = full + (isLast ? 1 : 0)
        let input = dictionary + pending
        let start = dictionary.count
        let level = level
        let results = Mutex([[UInt8]?](repeating: nil, count: count))
        ParallelLoop.run(count, threads: threads) { index in
            let lower = start + index * Self.blockSize
            let upper = min(lower + Self.blockSize, input.count)
            let dictionary = max(0, lower - Self.dictionarySize)..<lower
            let block = input.withUnsafeBytes { bytes in
                DeflateBlock.compress(
                    UnsafeRawBufferPointer(rebasing: bytes[lower..<upper]),
                    dictionary: UnsafeRawBufferPointer(rebasing: bytes[dictionary]), level: level,
                    isLast: isLast && index == full)
            }
            results.withLock { $0[index] = block }
        }
        return try results.withLock { blocks in
            try blocks.map { block in
                guard let block else { throw DeflateError.outOfMemory }
                return block
            }
        }
    }
}
