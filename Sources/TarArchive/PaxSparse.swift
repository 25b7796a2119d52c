// SPDX-License-Identifier: Apache-2.0

/// What pax records say about a sparse file, in GNU tar's formats 0.0, 0.1 and 1.0 (GNU tar manual, "Sparse Formats").
struct PaxSparse: Sendable {
    private(set) var name: [UInt8]?
    private(set) var realSize: Int64?
    /// Offsets and lengths in turn (0.0 and 0.1).
    private(set) var numbers: [Int64] = []
    private var major: Int64?
    private var minor: Int64?

    /// Whether the map is at the head of the payload.
    var hasMapInPayload: Bool { major == 1 && minor == 0 }
    var isSparse: Bool { hasMapInPayload || !numbers.isEmpty }

    mutating func set(_ key: String, _ value: ArraySlice<UInt8>, at offset: Int64) throws(TarError) {
        switch key {
        case "GNU.sparse.name": name = try PaxRecords.text(value, key, offset)
        case "GNU.sparse.size", "GNU.sparse.realsize": realSize = try PaxRecords.number(value, key, offset)
        case "GNU.sparse.major": major = try PaxRecords.number(value, key, offset)
        case "GNU.sparse.minor": minor = try PaxRecords.number(value, key, offset)
        case "GNU.sparse.offset", "GNU.sparse.numbytes":
            let isOffset = key == "GNU.sparse.offset"
            guard isOffset == numbers.count.isMultiple(of: 2), let number = try PaxRecords.number(value, key, offset)
            else { throw .invalidExtendedHeader(offset: offset, reason: "sparse map out of order") }
            numbers.append(number)
        case "GNU.sparse.map":
            numbers = []
            for part in value.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
                guard let number = try PaxRecords.number(part, key, offset) else {
                    throw .invalidExtendedHeader(offset: offset, reason: "sparse map with an empty number")
                }
                numbers.append(number)
            }
        default: break
        }
    }
}
