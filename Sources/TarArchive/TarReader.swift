// SPDX-License-Identifier: Apache-2.0

/// Pull-style tar reader: one entry after the other from a closure that delivers the uncompressed archive.
///
/// It ends only at the archive's end; once it has thrown, it throws the same error for ever.
public struct TarReader: ~Copyable {
    /// Fills a buffer and returns how much; 0 is the end.
    public typealias Source = (UnsafeMutableRawBufferPointer) throws -> Int

    private static let bufferSize = 256 * 1024

    private let source: Source
    private let buffer: UnsafeMutableRawBufferPointer
    private var input: Slice<UnsafeRawBufferPointer>
    private var parser: TarParser
    private var failure: (any Error)?
    /// An entry that was met while the data of the one before it was read.
    private var pendingEntry: TarEntry?
    private var isAtEnd = false

    public init(limits: TarLimits = TarLimits(), source: @escaping Source) {
        self.source = source
        buffer = .allocate(byteCount: Self.bufferSize, alignment: 64)
        input = UnsafeRawBufferPointer(buffer)[0..<0]
        parser = TarParser(limits: limits)
    }

    deinit {
        buffer.deallocate()
    }

    /// The next entry, nil at the end. What is left of the current one's data is passed over.
    /// Throws `TarError` and whatever the source throws.
    public mutating func next() throws -> TarEntry? {
        try readData { _, _ in }
        defer { pendingEntry = nil }
        return pendingEntry
    }

    /// Hands over the rest of the current entry's data, piece by piece with its offset in the file. The holes of a
    /// sparse file are left out.
    public mutating func readData(_ body: (UnsafeRawBufferPointer, Int64) throws -> Void) throws {
        if let failure { throw failure }
        while pendingEntry == nil, !isAtEnd {
            let event: TarParser.Event
            do {
                event = try nextEvent()
            } catch {
                failure = error
                throw error
            }
            switch event {
            case .entry(let entry): pendingEntry = entry
            case .data(let piece, let offset): try body(piece, offset)
            case .end: isAtEnd = true
            case .needsInput: break
            }
        }
    }

    /// The whole data of the current entry; throws `limitExceeded` when there is more than `limit` bytes.
    public mutating func readAll(limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try readData { piece, offset in
            guard offset + Int64(piece.count) <= Int64(limit) else {
                throw TarError.limitExceeded(what: "size of an entry", limit: Int64(limit), option: "limit")
            }
            bytes.append(contentsOf: repeatElement(0, count: Int(offset) - bytes.count))
            bytes.append(contentsOf: piece)
        }
        return bytes
    }

    private mutating func nextEvent() throws -> TarParser.Event {
        let event = try parser.next(&input)
        guard case .needsInput = event else { return event }
        let count = try source(buffer)
        input = UnsafeRawBufferPointer(buffer)[0..<count]
        guard count == 0 else { return .needsInput }
        try parser.finish()
        return .end
    }
}
