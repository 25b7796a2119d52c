// SPDX-License-Identifier: Apache-2.0

/// The tar grammar as a push-style state machine: bytes in, entries and file data out.
///
/// The one reader of headers in this program, so that what is measured at `pull` and what is unpacked at `run` cannot
/// differ. The grammar is that of Go's archive/tar, which decides what docker accepts: pax wins over GNU and ustar
/// fields consistently, global headers are ignored, links and directories have no payload whatever they claim, two zero
/// blocks or the end of the stream between entries end the archive, and anything else that is no header is an error.
/// (libarchive 3.6.2 reads a body behind a pax hard link, where Go and GNU tar see the next entry.)
struct TarParser: Sendable {
    enum Event {
        /// All input is used up.
        case needsInput
        case entry(TarEntry)
        /// A piece of the current entry's content and where in the file it belongs; valid until the next call.
        case data(UnsafeRawBufferPointer, at: Int64)
        case end
    }

    enum State {
        case header
        /// Gathering the payload of an extended header of this type.
        case extendedHeader(type: UInt8, remaining: Int, padding: Int64)
        /// Continuation blocks of an old GNU sparse header.
        case sparseBlocks(TarEntry, payload: Int64)
        /// The map of a pax 1.0 sparse file, at the head of its payload.
        case sparseText(TarEntry, payload: Int64)
        case payload(remaining: Int64, padding: Int64)
        case padding(remaining: Int64, isOptional: Bool)
        case ended
    }

    let limits: TarLimits
    var state = State.header
    /// Bytes passed so far.
    var offset: Int64 = 0
    var pax = PaxRecords()
    var longName: [UInt8]?
    var longLink: [UInt8]?
    var hasExtendedHeader = false
    var sparse: SparseMap
    /// The extents of the current entry still to come, and where in the file the next byte belongs.
    var extents: ArraySlice<TarEntry.Extent>?
    var position: Int64 = 0
    private var block: [UInt8] = []
    private var gathered: [UInt8] = []
    private var zeroBlocks = 0

    /// How many entries were seen, extended headers not counted.
    var entryCount = 0

    init(limits: TarLimits) {
        self.limits = limits
        sparse = SparseMap(limit: limits.maxSparseExtents)
    }

    /// Takes bytes off `input` until there is something to tell.
    mutating func next(_ input: inout Slice<UnsafeRawBufferPointer>) throws(TarError) -> Event {
        while true {
            switch state {
            case .payload(let remaining, let padding) where remaining > 0:
                guard !input.isEmpty else { return .needsInput }
                return takeData(&input, remaining, padding)
            case .payload(_, let padding): state = .padding(remaining: padding, isOptional: true)
            case .padding(let remaining, let isOptional):
                let taken = take(&input, upTo: remaining).count
                let left = remaining - Int64(taken)
                state = left == 0 ? .header : .padding(remaining: left, isOptional: isOptional)
                if left > 0 { return .needsInput }
            case .extendedHeader(let type, let remaining, let padding):
                let piece = take(&input, upTo: Int64(remaining))
                gathered.append(contentsOf: piece)
                state = .extendedHeader(type: type, remaining: remaining - piece.count, padding: padding)
                if piece.count < remaining { return .needsInput }
                try finishExtendedHeader(type)
                state = .padding(remaining: padding, isOptional: false)
            case .header, .sparseBlocks, .sparseText:
                guard let event = try takeBlock(&input) else { continue }
                return event
            case .ended:
                input = input.dropFirst(input.count)
                return .end
            }
        }
    }

    /// Checks that the stream may end here.
    func finish() throws(TarError) {
        switch state {
        case .header where block.isEmpty && !hasExtendedHeader, .ended, .padding(_, isOptional: true),
            .payload(remaining: 0, _):
            return
        default: throw .truncated(offset: offset)
        }
    }

    /// Completes a 512-byte block, in place when `input` has it as a whole; nil when there is nothing to tell yet.
    private mutating func takeBlock(_ input: inout Slice<UnsafeRawBufferPointer>) throws(TarError) -> Event? {
        if block.isEmpty, input.count >= TarBlock.size {
            let header = TarBlock(bytes: take(&input, upTo: Int64(TarBlock.size)))
            return try take(header)
        }
        block.append(contentsOf: take(&input, upTo: Int64(TarBlock.size - block.count)))
        guard block.count == TarBlock.size else { return .needsInput }
        let whole = block
        block.removeAll(keepingCapacity: true)
        var result = Result<Event?, TarError>.success(nil)
        whole.withUnsafeBytes { bytes in
            do throws(TarError) { result = .success(try take(TarBlock(bytes: bytes))) } catch {
                result = .failure(error)
            }
        }
        return try result.get()
    }

    private mutating func take(_ header: TarBlock) throws(TarError) -> Event? {
        let start = offset - Int64(TarBlock.size)
        switch state {
        case .sparseBlocks(let entry, let payload):
            // A continuation block holds 21 map entries and, at 504, whether there is another.
            try sparse.add(header.bytes, at: 0, count: 21, offset: start)
            return header.bytes[504] != 0 ? nil : try beginSparse(entry, payload: payload)
        case .sparseText(let entry, let payload):
            guard payload >= TarBlock.size else {
                throw .invalidHeader(offset: start, reason: "sparse map is longer than the entry")
            }
            let rest = payload - Int64(TarBlock.size)
            let isComplete = try sparse.addText(header, offset: start)
            if isComplete { return try beginSparse(entry, payload: rest) }
            state = .sparseText(entry, payload: rest)
            return nil
        default: return try takeHeader(header, at: start)
        }
    }

    private mutating func takeHeader(_ header: TarBlock, at start: Int64) throws(TarError) -> Event? {
        if header.isZero {
            zeroBlocks += 1
            if zeroBlocks == 2 { state = .ended }
            return nil
        }
        guard zeroBlocks == 0 else { throw .invalidHeader(offset: start, reason: "entry after a zero block") }
        guard header.hasValidChecksum else { throw .invalidHeader(offset: start, reason: "checksum does not match") }
        let size = try number(header, .size, at: start)
        guard size >= 0 else { throw .invalidHeader(offset: start, reason: "negative size") }
        switch header.type {
        case TarEntryType.paxHeader, TarEntryType.gnuLongName, TarEntryType.gnuLongLink:
            try gather(header.type, size)
            return nil
        case TarEntryType.paxGlobalHeader:
            // docker ignores global headers too.
            skip(size)
            return nil
        default: return try takeEntry(header, headerSize: size, at: start)
        }
    }

    private mutating func gather(_ type: UInt8, _ size: Int64) throws(TarError) {
        let limit = Int64(limits.maxExtendedHeader)
        guard size <= limit else {
            throw .limitExceeded(what: "extended header of \(size) bytes", limit: limit, option: "maxExtendedHeader")
        }
        hasExtendedHeader = true
        gathered.removeAll(keepingCapacity: true)
        state = .extendedHeader(type: type, remaining: Int(size), padding: Self.padding(of: size))
    }

    private mutating func finishExtendedHeader(_ type: UInt8) throws(TarError) {
        switch type {
        case TarEntryType.gnuLongName: longName = Array(gathered.prefix { $0 != 0 })
        case TarEntryType.gnuLongLink: longLink = Array(gathered.prefix { $0 != 0 })
        // As in Go, a second pax header before an entry replaces the first.
        default: pax = try PaxRecords(parsing: gathered, at: offset, maxXattrs: limits.maxXattrs)
        }
    }

    /// Passes a piece of content on, cut where an extent of a sparse file ends.
    private mutating func takeData(
        _ input: inout Slice<UnsafeRawBufferPointer>, _ remaining: Int64, _ padding: Int64
    ) -> Event {
        var limit = remaining
        if position == extents?.first.map({ $0.offset + $0.length }) { _ = extents?.popFirst() }
        if let extent = extents?.first {
            position = max(position, extent.offset)
            limit = min(limit, extent.offset + extent.length - position)
        }
        let piece = take(&input, upTo: limit)
        state = .payload(remaining: remaining - Int64(piece.count), padding: padding)
        defer { position += Int64(piece.count) }
        return .data(piece, at: position)
    }

    mutating func skip(_ size: Int64) {
        state = size == 0 ? .header : .payload(remaining: size, padding: Self.padding(of: size))
    }

    private mutating func take(
        _ input: inout Slice<UnsafeRawBufferPointer>, upTo limit: Int64
    ) -> UnsafeRawBufferPointer {
        let piece = UnsafeRawBufferPointer(rebasing: input.prefix(Int(min(Int64(input.count), limit))))
        input = input.dropFirst(piece.count)
        offset += Int64(piece.count)
        return piece
    }

    private static func padding(of size: Int64) -> Int64 {
        (Int64(TarBlock.size) - size % Int64(TarBlock.size)) % Int64(TarBlock.size)
    }
}
