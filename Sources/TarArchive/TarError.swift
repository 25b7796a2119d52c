// SPDX-License-Identifier: Apache-2.0

/// Why bytes are not a tar archive this program accepts. Offsets count from the start of the uncompressed stream.
public enum TarError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A 512-byte header that is none: bad checksum, bad number, nonsense where an entry should start.
    case invalidHeader(offset: Int64, reason: String)
    /// An extended header (pax, GNU long name) that cannot be understood.
    case invalidExtendedHeader(offset: Int64, reason: String)
    /// The stream stops inside an entry or a header.
    case truncated(offset: Int64)
    /// More of something than the limits allow; `option` is the field of `TarLimits` to raise.
    case limitExceeded(what: String, limit: Int64, option: String)

    public var description: String {
        switch self {
        case .invalidHeader(let offset, let reason): "archive/tar: invalid tar header at byte \(offset): \(reason)"
        case .invalidExtendedHeader(let offset, let reason):
            "archive/tar: invalid extended header at byte \(offset): \(reason)"
        case .truncated(let offset): "archive/tar: unexpected EOF at byte \(offset)"
        case .limitExceeded(let what, let limit, let option): "archive/tar: \(what) exceeds \(option) (\(limit))"
        }
    }
}
