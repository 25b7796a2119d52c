// SPDX-License-Identifier: Apache-2.0

/// The 512-byte header block of an entry, read in place (POSIX.1-1988 ustar, GNU and v7 share this layout).
struct TarBlock {
    /// A numeric field of the header.
    enum Field: String {
        case mode, uid, gid, size, mtime, checksum, devmajor, devminor, realsize

        var range: Range<Int> {
            switch self {
            case .mode: 100..<108
            case .uid: 108..<116
            case .gid: 116..<124
            case .size: 124..<136
            case .mtime: 136..<148
            case .checksum: 148..<156
            case .devmajor: 329..<337
            case .devminor: 337..<345
            case .realsize: 483..<495
            }
        }
    }

    static let size = 512

    let bytes: UnsafeRawBufferPointer

    var isZero: Bool { bytes.allSatisfy { $0 == 0 } }
    var type: UInt8 { bytes[156] }
    var linkName: [UInt8] { text(157..<257) }
    var isUstar: Bool { bytes[257..<263].elementsEqual(Array("ustar\0".utf8)) }
    var isGNU: Bool { bytes[257..<265].elementsEqual(Array("ustar  \0".utf8)) }

    /// The name with the ustar prefix before it.
    var path: [UInt8] {
        let name = text(0..<100)
        guard isUstar else { return name }
        let prefix = text(345..<500)
        return prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
    }

    /// Whether the checksum field holds the sum of the bytes, taken as unsigned or, as some old writers did, signed.
    var hasValidChecksum: Bool {
        guard let stored = number(.checksum) else { return false }
        var unsigned: Int64 = 0
        var signed: Int64 = 0
        for (index, byte) in bytes.enumerated() {
            let value = Field.checksum.range.contains(index) ? UInt8(ascii: " ") : byte
            unsigned += Int64(value)
            signed += Int64(Int8(bitPattern: value))
        }
        return stored == unsigned || stored == signed
    }

    /// The value of a field; nil when it is nonsense.
    func number(_ field: Field) -> Int64? { Self.number(bytes, field.range) }

    /// An octal field, blank and NUL padded, or GNU's base-256 when the top bit is set; empty is 0, nonsense nil.
    static func number(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int64? {
        let field = bytes[range]
        if bytes[range.lowerBound] & 0x80 != 0 { return base256(field) }
        let isPad: (UInt8) -> Bool = { $0 == 0 || $0 == UInt8(ascii: " ") }
        let digits = field.drop(while: isPad).prefix { !isPad($0) }
        guard field[digits.endIndex...].allSatisfy(isPad) else { return nil }
        var value: Int64 = 0
        for digit in digits {
            guard (0x30...0x37).contains(digit), value < 1 << 59 else { return nil }
            value = value << 3 | Int64(digit - 0x30)
        }
        return value
    }

    /// Two's complement, big-endian, with the top bit of the first byte as the marker.
    private static func base256(_ field: Slice<UnsafeRawBufferPointer>) -> Int64? {
        let inversion: UInt8 = field[field.startIndex] & 0x40 != 0 ? 0xFF : 0
        var value: UInt64 = 0
        for (index, byte) in field.enumerated() {
            let digit = index == 0 ? (byte ^ inversion) & 0x7F : byte ^ inversion
            guard value >> 56 == 0 else { return nil }
            value = value << 8 | UInt64(digit)
        }
        guard value >> 63 == 0 else { return nil }
        return inversion == 0 ? Int64(value) : ~Int64(value)
    }

    /// A NUL-terminated field.
    private func text(_ range: Range<Int>) -> [UInt8] {
        Array(bytes[range].prefix { $0 != 0 })
    }
}
