// SPDX-License-Identifier: Apache-2.0

/// Gathers the map of a sparse file from wherever its format keeps it, and checks it.
struct SparseMap: Sendable {
    private(set) var extents: [TarEntry.Extent] = []
    private let limit: Int

    /// Text of a format 1.0 map not yet understood, and how many numbers are still to come.
    private var line: [UInt8] = []
    private var awaited: Int?
    private var pendingOffset: Int64?

    init(limit: Int) {
        self.limit = limit
    }

    /// Adds `count` pairs of 12-byte fields of an old GNU header; an empty pair ends the list.
    mutating func add(_ bytes: UnsafeRawBufferPointer, at start: Int, count: Int, offset: Int64) throws(TarError) {
        for index in 0..<count {
            let base = start + index * 24
            if bytes[base] == 0 || bytes[base + 12] == 0 { return }
            guard let from = TarBlock.number(bytes, base..<(base + 12)),
                let length = TarBlock.number(bytes, (base + 12)..<(base + 24))
            else { throw .invalidHeader(offset: offset, reason: "sparse map is not made of numbers") }
            try append(from, length)
        }
    }

    /// Adds offsets and lengths in turn.
    mutating func add(_ numbers: [Int64], offset: Int64) throws(TarError) {
        guard numbers.count.isMultiple(of: 2) else {
            throw .invalidExtendedHeader(offset: offset, reason: "sparse map with an odd number of entries")
        }
        for index in stride(from: 0, to: numbers.count, by: 2) { try append(numbers[index], numbers[index + 1]) }
    }

    /// Takes a block of a format 1.0 map, decimal numbers a line each, the first their count; true when it is complete.
    mutating func addText(_ block: TarBlock, offset: Int64) throws(TarError) -> Bool {
        for byte in block.bytes {
            if awaited == 0 { return true }
            guard byte == UInt8(ascii: "\n") else {
                line.append(byte)
                guard line.count <= 20 else { throw Self.notANumber(offset) }
                continue
            }
            guard !line.isEmpty, let number = try PaxRecords.number(line[...], "sparse map", offset) else {
                throw Self.notANumber(offset)
            }
            line.removeAll(keepingCapacity: true)
            try take(number)
        }
        return awaited == 0
    }

    /// The extents, which must be in order, inside the file, and hold as much data as the archive has for it.
    func checked(realSize: Int64, payload: Int64, offset: Int64) throws(TarError) -> [TarEntry.Extent] {
        var end: Int64 = 0
        var sum: Int64 = 0
        for extent in extents {
            let (next, overflow) = extent.offset.addingReportingOverflow(extent.length)
            guard extent.offset >= end, extent.length >= 0, !overflow, next <= realSize else {
                throw .invalidHeader(offset: offset, reason: "sparse map out of order or beyond the file")
            }
            end = next
            sum += extent.length
        }
        guard sum == payload else {
            throw .invalidHeader(offset: offset, reason: "sparse map does not match the data")
        }
        return extents.filter { $0.length > 0 }
    }

    private mutating func take(_ number: Int64) throws(TarError) {
        guard let left = awaited else {
            guard number <= Int64(limit) else { throw tooMany() }
            awaited = Int(number) * 2
            return
        }
        awaited = left - 1
        if let from = pendingOffset {
            pendingOffset = nil
            try append(from, number)
        } else {
            pendingOffset = number
        }
    }

    private mutating func append(_ offset: Int64, _ length: Int64) throws(TarError) {
        guard extents.count < limit else { throw tooMany() }
        extents.append(TarEntry.Extent(offset: offset, length: length))
    }

    private func tooMany() -> TarError {
        .limitExceeded(what: "sparse map", limit: Int64(limit), option: "maxSparseExtents")
    }

    private static func notANumber(_ offset: Int64) -> TarError {
        .invalidHeader(offset: offset, reason: "sparse map is not made of numbers")
    }
}
