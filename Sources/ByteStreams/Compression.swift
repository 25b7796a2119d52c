// SPDX-License-Identifier: Apache-2.0

/// How a stream is compressed, told from its first bytes.
public enum Compression: String, Sendable, CaseIterable {
    case none
    case gzip
    case zstd
    case xz
    case bzip2

    /// How many bytes `detect` wants to see; with fewer it says `.none` unless they suffice.
    public static let prefixLength = 6

    /// Reads the magic number, as docker does for layers, `load` and `import`: media types and file names are not asked.
    public static func detect(_ prefix: UnsafeRawBufferPointer) -> Compression {
        if starts(prefix, [0x1F, 0x8B, 0x08]) { return .gzip }
        if starts(prefix, [0x28, 0xB5, 0x2F, 0xFD]) { return .zstd }
        // RFC 8878 §3.1.2: a stream may begin with a skippable frame, magic 0x184D2A5?, little-endian.
        if prefix.count >= 4, prefix[0] & 0xF0 == 0x50, starts(.init(rebasing: prefix[1...]), [0x2A, 0x4D, 0x18]) {
            return .zstd
        }
        if starts(prefix, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]) { return .xz }
        if starts(prefix, [0x42, 0x5A, 0x68]) { return .bzip2 }
        return .none
    }

    public static func detect(_ prefix: [UInt8]) -> Compression {
        prefix.withUnsafeBytes { detect($0) }
    }

    private static func starts(_ bytes: UnsafeRawBufferPointer, _ magic: [UInt8]) -> Bool {
        bytes.count >= magic.count && zip(bytes, magic).allSatisfy { $0 == $1 }
    }
}
